"""The migrations make exactly the tables of the models, on both engines."""

from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import column, select, table, text

from kstthc_training import schema
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.queries import has_read_since
from kstthc_training.audit.service import record
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from tests.support import databases


def test_migrations_and_models_agree(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False, "include_object": schema.stands_here})
        assert compare_metadata(context, schema.METADATA) == []


def test_sqlite_is_opened_as_promised(app):
    if db.engine.dialect.name != "sqlite":
        assert db.session.execute(text("SHOW server_version_num")).scalar_one() >= "130000"
        return
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000, "mmap_size": 0}
    found = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
    assert {name: found[name] or 0 for name in wanted} == wanted


@pytest.mark.parametrize("act", ["UPDATE audit_entries SET actor_name = 'nobody'", "DELETE FROM audit_entries"])
def test_the_log_is_never_changed_or_removed(app, now, act):
    with unit_of_work():
        record(actor=SYSTEM, action="event.released", subject_type="event", subject_id=1, now=now)
    with pytest.raises(Exception, match="append-only"), unit_of_work():
        db.session.execute(text(act))
    assert db.session.scalars(select(AuditEntry.actor_name)).all() == [SYSTEM.display_name]


@pytest.mark.parametrize(
    "table",
    [
        "allocation_rows",
        "allocations",
        "audit_entries",
        "downloads",
        "marks",
        "outbox_steps",
        "registration_steps",
        "sheet_steps",
    ],
)
def test_what_happened_is_kept_by_the_database_itself(app, table):
    if db.engine.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table ORDER BY name"
        wanted = [f"{table}_no_delete", f"{table}_no_update"]
    else:
        asked = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = cast(:table AS regclass) AND tgenabled = 'O' AND NOT tgisinternal"
        )
        wanted = [f"{table}_append_only"]
    assert db.session.scalars(text(asked), {"table": table}).all() == wanted


@pytest.mark.parametrize("table", ["people", "events"])
def test_a_search_reads_an_index_and_no_rows(app, table):
    if db.engine.dialect.name == "postgresql":
        asked = text("SELECT count(*) FROM pg_indexes WHERE indexname = :name")
        assert db.session.execute(asked, {"name": f"ix_{table}_search"}).scalar_one() == 0
        return
    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN SELECT count(*) FROM {table} WHERE search_text LIKE '%an%'"))
    assert [step.detail for step in plan] == [f"SCAN {table} USING COVERING INDEX ix_{table}_search"]


def test_what_an_account_did_lately_is_read_by_its_own_index(app, now, statements):
    with statements() as seen:
        has_read_since(now, action="people.read", subject_type="search", subject_id=None, account_id=1)
    if db.engine.dialect.name == "sqlite":
        asked, values = f"EXPLAIN QUERY PLAN {seen.texts[0]}", ("search", 1, "people.read", "2026-03-17", 1, 0)
        [step] = db.session.connection().exec_driver_sql(asked, values).all()
        assert step[3] == "SEARCH audit_entries USING INDEX ix_audit_entries_account (account_id=? AND at>?)"


@pytest.mark.parametrize(
    ("kept", "heading", "wanted"),
    [
        ("bui mau le van phong le@mau.example", "Bùi Mẫu Lệ", "bui mau le | van phong le@mau.example"),
        ("2026-1 tap huan mau do mau binh", "Tập huấn mẫu", "tap huan mau | 2026-1 do mau binh"),
        ("xa a xa a huyen b", "Xã A", "xa a | xa a huyen b"),
        ("le|van an", "Lê|Văn", "le van | an"),
        ("tran mau do", "Trần Mẫu Đỗ", "tran mau do |"),
        ("", "Ẩn", "an |"),
    ],
)
def test_search_texts_kept_before_get_their_heading(kept, heading, wanted):
    ninth = import_module("migrations.versions.0009_headings_of_search_texts")
    assert ninth._with_heading(kept, heading) == wanted


@pytest.mark.parametrize("engine", databases.ENGINES)
def test_rooms_kept_before_are_told_apart(engine, tmp_path):
    settings = databases.settings_for(tmp_path, DATABASE_URL=databases.empty_address(engine, tmp_path))
    product = databases.create_app(settings)
    with product.app_context():
        upgrade(revision="0012")
        rooms = table("venues", column("name"), column("address"), column("is_active"))
        names = ("Hội trường Đỏ", "hoi truong do", "Phòng 2")
        with db.engine.begin() as connection:
            connection.execute(rooms.insert(), [{"name": name, "address": "", "is_active": True} for name in names])
        upgrade(revision="0013")
        kept = db.session.execute(text("SELECT name, folded_name FROM venues ORDER BY id")).all()
        db.session.remove()
        db.engine.dispose()
    assert [tuple(row) for row in kept] == [
        ("Hội trường Đỏ", "hoi truong do"),
        ("hoi truong do", "hoi truong do #2"),
        ("Phòng 2", "phong 2"),
    ]


@pytest.mark.parametrize("engine", databases.ENGINES)
def test_people_kept_before_are_recognised(engine, tmp_path):
    settings = databases.settings_for(tmp_path, DATABASE_URL=databases.empty_address(engine, tmp_path))
    product = databases.create_app(settings)
    with product.app_context():
        upgrade(revision="0019")
        names = ("full_name", "title", "email", "phone", "search_text", "sort_key", "calendar_revision", "version")
        values = ("Đỗ  Mẫu Ánh", "", "Anh.DM@mau.example", "", "", "", 1, 1)
        people = table("people", *(column(name) for name in (*names, "created_at")))
        with db.engine.begin() as connection:
            connection.execute(
                people.insert().values(**dict(zip(names, values, strict=True)), created_at=text("CURRENT_TIMESTAMP"))
            )
        upgrade(revision="0020")
        kept = db.session.execute(text("SELECT name_key, email_key, merged_into_id FROM people")).all()
        db.session.remove()
        db.engine.dispose()
    assert [tuple(row) for row in kept] == [("do mau anh", "anh.dm@mau.example", None)]
