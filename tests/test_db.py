"""Transactions, instants and the gate before SQLite."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text

from kstthc_training.db import AffectedLibrary, db, require_sound_sqlite, unit_of_work
from kstthc_training.events.models import Venue
from tests.support.factories import make_person, make_venue


def test_a_unit_of_work_is_whole_or_not_at_all(app):
    with pytest.raises(ZeroDivisionError), unit_of_work() as session:
        session.add(Venue(name="Hội trường"))
        session.flush()
        raise ZeroDivisionError
    assert db.session.scalars(select(Venue.name)).all() == []


def test_a_unit_of_work_inside_another_is_refused(app):
    with unit_of_work(), pytest.raises(RuntimeError, match="inside another"), unit_of_work():
        pass
    with unit_of_work():
        db.session.add(Venue(name="Hội trường"))
    assert db.session.scalars(select(Venue.name)).all() == ["Hội trường"]


def test_what_was_changed_before_a_unit_of_work_is_not_lost_silently(app):
    db.session.add(Venue(name="Hội trường"))
    with pytest.raises(RuntimeError, match="before the unit"), unit_of_work():
        pass
    db.session.rollback()


def test_instants_come_back_aware_and_equal_whatever_their_zone(app):
    at = datetime(2026, 3, 18, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    person = make_person(created_at=at)
    assert person.created_at == at
    assert person.created_at.tzinfo is UTC


def test_a_naive_time_is_refused(app):
    with pytest.raises(Exception, match="naive"):
        make_person(created_at=datetime(2026, 3, 18, 9, 0))  # noqa: DTZ001


def test_names_are_stored_in_one_line_in_nfc_without_controls(app):
    venue = make_venue("  Pho\u0300ng\u0000 ho\u0323p\r\n\u202esố\t1 ")
    stored = db.session.execute(text("SELECT name FROM venues WHERE id = :id"), {"id": venue.id}).scalar_one()
    assert stored == "Phòng họp số 1"


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 44, 6), (4, 0, 0)])
def test_sound_libraries_pass_the_gate(version):
    require_sound_sqlite(version)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 45, 9), (3, 7, 0)])
def test_libraries_that_can_corrupt_the_database_are_refused(version):
    with pytest.raises(AffectedLibrary, match="pysqlite3"):
        require_sound_sqlite(version)
