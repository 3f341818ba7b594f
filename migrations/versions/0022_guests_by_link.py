"""Guests without an account who registered by the shared link of an event."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "guest_entries",
        sa.Column("registration_id", KEY, autoincrement=False, nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("form_hash", sa.String(), nullable=False),
        sa.Column("letter_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["stored_files.id"], name=op.f("fk_guest_entries_letter_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registrations.id"], name=op.f("fk_guest_entries_registration_id")),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_guest_entries")),
        sa.UniqueConstraint("form_hash", name="uq_guest_entries_form"),
    )
