"""When a feed last changed, and what a kept calendar entry was made of."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("DELETE FROM calendar_entries")  # rendered again when a feed is next read
    with op.batch_alter_table("calendar_entries") as entries:
        entries.add_column(sa.Column("made_of", sa.String(), nullable=False))
    with op.batch_alter_table("feeds") as feeds:
        feeds.add_column(sa.Column("tag", sa.String(), nullable=False, server_default=""))
        feeds.add_column(sa.Column("changed_at", INSTANT, nullable=True))
    with op.batch_alter_table("feeds") as feeds:
        feeds.alter_column("tag", server_default=None)
