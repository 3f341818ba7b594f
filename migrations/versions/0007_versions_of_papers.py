"""A paper's version, so that of two changes at once the later one is told of the first."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("materials", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
