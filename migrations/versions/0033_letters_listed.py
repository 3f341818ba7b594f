"""The page of letters counts and narrows by an index, whatever went long ago."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_messages_listed", "outbox_messages", ["state", "kind", "event_id", "let_go_at", "host"])
