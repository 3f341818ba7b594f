"""Rows that are one person are recognised by indexed keys, told apart for good, or united: the closed one leads on."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("people", sa.Column("name_key", sa.String(), nullable=False, server_default=""))
    op.add_column("people", sa.Column("email_key", sa.String(), nullable=False, server_default=""))
    for table in ("people", "registrations"):
        _lead_on(table)
    _fill_keys()
    op.drop_index(op.f("ix_people_email"), "people")
    op.create_index(op.f("ix_people_name_key"), "people", ["name_key", "organisation_id"])
    for column in ("email_key", "phone"):
        op.create_index(op.f(f"ix_people_{column}"), "people", [column])
    op.create_table(
        "people_told_apart",
        sa.Column("low_id", KEY, nullable=False),
        sa.Column("high_id", KEY, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by_id", KEY, nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_people_told_apart_one_row_a_pair")),
        sa.ForeignKeyConstraint(["low_id"], ["people.id"], name=op.f("fk_people_told_apart_low_id")),
        sa.ForeignKeyConstraint(["high_id"], ["people.id"], name=op.f("fk_people_told_apart_high_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["accounts.id"], name=op.f("fk_people_told_apart_told_by_id")),
        sa.PrimaryKeyConstraint("low_id", "high_id", name=op.f("pk_people_told_apart")),
    )
    op.create_index(op.f("ix_people_told_apart_high_id"), "people_told_apart", ["high_id"])


def _lead_on(table: str) -> None:
    """A column that refers to another row of the same table; written so, SQLite need not write the table anew."""
    kind = KEY.compile(op.get_bind().dialect)
    name = f"fk_{table}_merged_into_id"
    op.execute(f"ALTER TABLE {table} ADD COLUMN merged_into_id {kind} CONSTRAINT {name} REFERENCES {table} (id)")
    op.create_index(op.f(f"ix_{table}_merged_into_id"), table, ["merged_into_id"])


def _fill_keys() -> None:
    people = sa.table("people", *(sa.column(n) for n in ("id", "full_name", "email", "name_key", "email_key")))
    rows = op.get_bind().execute(sa.select(people.c.id, people.c.full_name, people.c.email)).all()
    if rows:
        written = sa.update(people).where(people.c.id == sa.bindparam("key"))
        written = written.values(name_key=sa.bindparam("name"), email_key=sa.bindparam("address"))
        values = [{"key": row.id, "name": _folded(row.full_name), "address": row.email.lower()} for row in rows]
        op.get_bind().execute(written, values)


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").replace("đ", "d")
    return " ".join(bare.split())
