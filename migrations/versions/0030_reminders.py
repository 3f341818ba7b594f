"""When the people of an event are reminded, what an organizer left out, and to whom it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reminder_rules",
        sa.Column("event_id", KEY, nullable=False, autoincrement=False),
        sa.Column("minutes_before", sa.JSON(), nullable=False),
        sa.Column("names_days", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _event("reminder_rules"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_reminder_rules")),
    )
    op.create_table(
        "reminder_skips",
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        _event("reminder_skips"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reminder_skips_account_id")),
        sa.PrimaryKeyConstraint("event_id", "mark", name=op.f("pk_reminder_skips")),
    )
    op.create_table(
        "reminder_sendings",
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _event("reminder_sendings"),
        sa.PrimaryKeyConstraint("event_id", "mark", "recipient", name=op.f("pk_reminder_sendings")),
    )


def _event(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f(f"fk_{table}_event_id"))
