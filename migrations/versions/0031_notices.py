"""People are told on the pages too, choose how else, and may have one letter a morning instead of many."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    _add_notices()
    op.create_table(
        "message_choices",
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("about", _choice("about", "registrations", "reminders", "organisation", "event", "account"), nullable=False),
        sa.Column("way", _choice("way", "mail", "notice", "digest"), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_message_choices_account_id")),
        sa.PrimaryKeyConstraint("account_id", "about", name=op.f("pk_message_choices")),
    )
    op.create_table(
        "message_digests",
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_message_digests_account_id")),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_message_digests")),
    )


def _add_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("event_id", KEY, nullable=True),
        sa.Column("way", _choice("way", "mail", "notice", "digest"), nullable=False),
        sa.Column("needed_by", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("digest_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notices_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    op.create_index("ix_notices_account", "notices", ["account_id", "created_at"])
    op.create_index(op.f("ix_notices_event_id"), "notices", ["event_id"])
    for name, where in {
        "ix_notices_unread": "read_at IS NULL",
        "ix_notices_for_digest": "way = 'digest' AND digest_at IS NULL",
    }.items():
        condition = sa.text(where)
        op.create_index(name, "notices", ["account_id"], sqlite_where=condition, postgresql_where=condition)
