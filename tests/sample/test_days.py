"""The sample on any day: the same for the same day, whole on awkward ones."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training.db import Base, db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.sample.commands import load_sample
from tests.sample import invariants
from tests.support import databases

# Identifiers and secrets are drawn anew each time, and passwords are salted anew.
_DRAWN = {"uid", "ticket_code", "message_id", "key", "password_hash", "sha256", "size"}
_LEFT_OUT = {"alembic_version", "outbox_messages"}
# Letters in name entries, notices tickets; SQLite gives the number of a job that is gone once more, PostgreSQL does not.
_DRAWN_OF = {"inbox_messages": {"digest", "raw", "facts"}, "outbox_jobs": {"id"}, "notices": {"body", "path"}}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """What can be read in every table, in the order of its keys."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in _LEFT_OUT:
            columns = [column for column in table.columns if column.name not in _DRAWN | _DRAWN_OF.get(table.name, set())]
            found[table.name] = [tuple(row) for row in db.session.execute(select(*columns).order_by(*table.primary_key))]
    return found


def test_the_same_day_has_the_same_sample_on_either_engine(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = []
    for engine in databases.ENGINES:
        with databases.product_on(engine, tmp_path_factory).app_context():
            load_sample(date(2026, 8, 5))
            found.append(everything())
            db.session.remove()
    for name, rows in found[0].items():
        assert rows == found[1][name], name


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("today", ["2026-01-01", "2028-02-29", "2027-05-02", "2026-12-31", "2026-11-23"])
def test_awkward_days_have_a_whole_sample(app: Flask, today: str) -> None:
    load_sample(date.fromisoformat(today))
    assert set(db.session.scalars(select(Event.state))) == set(EventState)
    assert invariants.seats_by_pools() == invariants.seats_by_registrations()
    assert invariants.presences() == invariants.latest_marks()
    assert invariants.results() == invariants.results_by_rule()
    assert invariants.wrongly_held() == []
    assert invariants.misled_letters() == set()
    assert invariants.answers_not_kept() == []
    assert 45 <= db.session.execute(select(func.count(Event.id))).scalar_one() <= 75


def test_the_command_refuses_a_database_that_is_in_use(app: Flask) -> None:
    command = app.test_cli_runner().invoke
    assert command(args=["sample", "--today", "2026-03-18"]).exit_code == 0
    events = db.session.execute(select(func.count(Event.id))).scalar_one()
    again = command(args=["sample"])
    assert (again.exit_code, "còn trống" in again.output) == (1, True)
    assert db.session.execute(select(func.count(Event.id))).scalar_one() == events
