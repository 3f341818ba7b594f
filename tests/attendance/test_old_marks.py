"""A database of before typed codes were told from scanned tickets keeps its marks, and takes typed codes from now on."""

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import MetaData, select
from sqlalchemy.exc import IntegrityError

from kstthc_training.application import create_app
from kstthc_training.db import db
from tests.support.databases import empty_address, settings_for

AT, LATER = datetime(2026, 3, 16, 2, tzinfo=UTC), datetime(2026, 3, 16, 4, tzinfo=UTC)
TABLES = ("people", "events", "sessions", "registrations", "marks", "presences")
ROWS: dict[str, dict[str, Any]] = {
    "people": {
        "full_name": "Lê Mẫu Hạnh", "title": "", "email": "", "phone": "", "search_text": "", "sort_key": "",
        "calendar_revision": 0, "version": 1, "created_at": AT,
    },
    "events": {
        "year": 2026, "number": 1, "title": "Họp", "kind_id": 1, "mode": "in_person", "state": "released",
        "state_reason": "", "audience": "both", "audience_note": "", "description": "", "online_url": "", "chair": "",
        "contact_name": "", "contact_phone": "", "owner_id": 1, "attendance_rule": "half", "starts_at": AT, "ends_at": LATER,
        "search_text": "", "revision": 1, "version": 1, "created_at": AT, "changed_at": AT,
    },
    "sessions": {
        "event_id": 1, "position": 1, "name": "", "starts_at": AT, "ends_at": LATER, "uid": "0" * 32, "sequence": 0,
        "created_at": AT, "changed_at": AT,
    },
    "registrations": {
        "event_id": 1, "person_id": 1, "title_then": "", "state": "confirmed", "source": "self", "registered_at": AT,
        "changed_at": AT, "ticket_code": "7K4M2BXA", "ticket_generation": 1,
    },
    "marks": {"session_id": 1, "registration_id": 1, "status": "present", "method": "ticket", "nonce": "old", "at": AT},
    "presences": {"session_id": 1, "registration_id": 1, "status": "present", "mark_id": 1},
}  # fmt: skip


@pytest.fixture
def tables(engine_name, tmp_path):
    """The tables of an installation of before, with one mark of a ticket in them."""
    product = create_app(settings_for(tmp_path, DATABASE_URL=empty_address(engine_name, tmp_path)))
    with product.app_context():
        upgrade(revision="0008")
        found = MetaData()
        with writing() as connection:
            found.reflect(connection, only=TABLES)
            for name in TABLES:
                connection.execute(found.tables[name].insert(), ROWS[name])
        upgrade()
        yield found.tables
        db.session.remove()
        db.engine.dispose()


@contextmanager
def writing():
    """A connection whose changes are kept when the block ends well."""
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


def put(tables, **fields):
    with writing() as connection:
        connection.execute(tables["marks"].insert(), {**ROWS["marks"], **fields})


def test_old_marks_stay_and_typed_codes_are_taken(tables):
    put(tables, method="code", nonce="new")
    marks = tables["marks"]
    with db.engine.connect() as connection:
        kept = connection.execute(select(marks.c.id, marks.c.method, marks.c.nonce).order_by(marks.c.id)).all()
    assert kept == [(1, "ticket", "old"), (2, "code", "new")]


@pytest.mark.parametrize("wrong", [{"method": "magic"}, {"status": "magic"}, {"nonce": "old"}, {"registration_id": 2}])
def test_what_was_refused_before_is_refused_still(tables, wrong):
    with pytest.raises(IntegrityError):
        put(tables, **{"nonce": "new", **wrong})


def test_marks_are_kept_and_referred_to_as_before(tables):
    marks, presences = tables["marks"], tables["presences"]
    for act in (marks.update().values(status="absent"), marks.delete()):
        with pytest.raises(Exception, match="append-only"), writing() as connection:
            connection.execute(act)
    with pytest.raises(IntegrityError), writing() as connection:
        connection.execute(presences.update().values(mark_id=99))
