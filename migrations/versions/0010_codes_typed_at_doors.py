"""Marks tell a code that was typed from a ticket that was scanned; what was marked before stays as it is."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = "method IN ('roster', 'ticket', 'name', 'closing', 'undo')"
NOW = "method IN ('roster', 'ticket', 'code', 'name', 'closing', 'undo')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _let_pass_on_sqlite()
        return
    op.drop_constraint(op.f("ck_marks_mark_method"), "marks", type_="check")
    op.create_check_constraint(op.f("ck_marks_mark_method"), "marks", NOW)


def _let_pass_on_sqlite() -> None:
    """A check alone changes, no row: the table is not copied, so what refers to it and its triggers stay.

    As https://www.sqlite.org/lang_altertable.html, section 7, allows for changes that do not touch what is stored.
    """
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'marks' AND instr(sql, ?)",
        (BEFORE, NOW, BEFORE),
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed.rowcount != 1:
        raise RuntimeError("the table marks is not the one that earlier migrations made")
