"""Lists of people that are taken in for an event, and what of it was undone."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("directory_imports") as batch:
        batch.add_column(sa.Column("event_id", KEY, nullable=True))
        batch.add_column(sa.Column("registered", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_directory_imports_event_id"), "events", ["event_id"], ["id"])
    op.create_index(op.f("ix_directory_imports_event_id"), "directory_imports", ["event_id"])
