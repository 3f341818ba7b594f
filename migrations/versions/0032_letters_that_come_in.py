"""Letters that come in, each once, and how far each mailbox is read."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
KINDS = ("bounce", "delayed", "delivered", "calendar", "automatic", "own", "ordinary")
STATES = ("new", "review", "handled", "ignored")
KEPT = sa.text("raw IS NOT NULL")


def _words(name, words):
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "inbox_messages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("sender_key", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=True),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("kind", _words("mail_kind", KINDS), nullable=False),
        sa.Column("state", _words("mail_state", STATES), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("event_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by_id", KEY, nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox_messages"),
        sa.UniqueConstraint("digest", name="uq_inbox_messages_digest"),
    )
    op.create_index("ix_inbox_messages_state", "inbox_messages", ["state", "id"])
    op.create_index("ix_inbox_messages_message_id", "inbox_messages", ["message_id"])
    op.create_index("ix_inbox_messages_sender_key", "inbox_messages", ["sender_key"])
    op.create_index("ix_inbox_messages_event_id", "inbox_messages", ["event_id"])
    op.create_index("ix_inbox_messages_person_id", "inbox_messages", ["person_id"])
    op.create_index(
        "ix_inbox_messages_kept_raw", "inbox_messages", ["taken_at"], sqlite_where=KEPT, postgresql_where=KEPT
    )
    op.create_table(
        "inbox_boxes",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("validity", KEY, nullable=False),
        sa.Column("last_uid", KEY, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_inbox_boxes"),
    )
