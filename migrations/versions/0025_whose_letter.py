"""A letter keeps whose it is, and those written already whose address it was."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_messages") as messages:
        messages.add_column(sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.create_index("ix_outbox_messages_person_id", "outbox_messages", ["person_id"])
    op.execute(
        "UPDATE outbox_messages SET person_id = (SELECT min(people.id) FROM people WHERE people.email_key = lower(outbox_messages.recipient)"
        " AND people.full_name = outbox_messages.recipient_name AND people.merged_into_id IS NULL)"
    )
