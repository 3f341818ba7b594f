"""The leaders of organisations that let a deadline pass are told where an event's rules say so."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation_rules") as rules:
        rules.add_column(sa.Column("tells_leaders", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("invitation_rules") as rules:
        rules.alter_column("tells_leaders", server_default=None)
