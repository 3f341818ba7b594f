"""Rows that nothing may change or remove, and the kinds and levels that every office begins with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_entries", "marks", "registration_steps", "sheet_steps")

EVENT_KINDS = (
    ("hop", "Họp", "Meeting", "h"),
    ("hoi-nghi", "Hội nghị", "Conference", "hn"),
    ("tap-huan", "Tập huấn", "Training", "th"),
    ("hop-bao", "Họp báo", "Press conference", "hb"),
    ("giao-ban-bao-chi", "Giao ban báo chí", "Press briefing", "hb"),
)
ORGANISATION_KINDS = (
    ("office", "Văn phòng, đơn vị trực thuộc", "Office and its units", False),
    ("department", "Sở, ban, ngành", "Department", False),
    ("district", "Huyện, thành phố", "District", False),
    ("commune", "Xã, phường, thị trấn", "Commune", False),
    ("press", "Cơ quan báo chí", "Press agency", True),
    ("broadcast", "Đài phát thanh, truyền thanh", "Broadcaster", True),
    ("mass_org", "Tổ chức chính trị - xã hội", "Mass organisation", False),
    ("central", "Cơ quan Trung ương tại tỉnh", "Central agency", False),
)
LEVELS = (
    ("central", "Trung ương", "Central"),
    ("province", "Cấp tỉnh", "Province"),
    ("district", "Cấp huyện", "District"),
    ("commune", "Cấp xã", "Commune"),
)


def upgrade() -> None:
    for table in APPEND_ONLY:
        _refuse_changes(table)
    rows = [
        {"code": c, "name_vi": vi, "name_en": en, "family": f, "position": i}
        for i, (c, vi, en, f) in enumerate(EVENT_KINDS, start=1)
    ]
    op.bulk_insert(_table("event_kinds", "family"), rows)
    rows = [
        {"code": c, "name_vi": vi, "name_en": en, "is_press": press, "position": i}
        for i, (c, vi, en, press) in enumerate(ORGANISATION_KINDS, start=1)
    ]
    op.bulk_insert(_table("organisation_kinds", "is_press"), rows)
    rows = [{"code": c, "name_vi": vi, "name_en": en, "position": i} for i, (c, vi, en) in enumerate(LEVELS, start=1)]
    op.bulk_insert(_table("organisation_levels"), rows)


def _table(name: str, *more: str) -> sa.TableClause:
    kinds = {"is_press": sa.Boolean()}
    columns = ("code", "name_vi", "name_en", *more)
    return sa.table(name, *(sa.column(c, kinds.get(c, sa.String())) for c in columns), sa.column("position", sa.Integer()))


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
