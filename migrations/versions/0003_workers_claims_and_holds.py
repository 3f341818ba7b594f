"""Who holds a letter or a job, which workers live, whether letters are held back, and calendar parts of letters."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("outbox_messages", sa.Column("search_text", sa.String(), nullable=False, server_default=""))
    op.add_column("outbox_messages", sa.Column("calendar", sa.String()))
    op.add_column("outbox_messages", sa.Column("calendar_method", sa.String()))
    op.add_column("outbox_messages", sa.Column("resent_at", INSTANT))
    op.add_column("outbox_messages", sa.Column("claimed_by", sa.String()))
    op.add_column("outbox_jobs", sa.Column("claimed_by", sa.String()))
    kept = sa.text("body IS NOT NULL")
    op.create_index(
        "ix_outbox_messages_kept_bodies", "outbox_messages", ["sent_at"], sqlite_where=kept, postgresql_where=kept
    )
    op.create_table(
        "outbox_holds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_outbox_holds_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_holds")),
    )
    op.create_table(
        "outbox_workers",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("line_trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_outbox_workers")),
    )
