"""Organisations merge, and rows that are one person: every row such an act changed is kept, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "directory_acts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.Enum("merger", "persons", name="act_kind", native_enum=False, length=20,
                                  create_constraint=True), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "undone_at IS NOT NULL OR undone_by_id IS NULL", name=op.f("ck_directory_acts_undone_at_an_instant")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_directory_acts_account_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["accounts.id"], name=op.f("fk_directory_acts_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_acts")),
    )
    op.create_index(op.f("ix_directory_acts_done_at"), "directory_acts", ["done_at"])
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(sa.Column("merged_into_id", KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_invitations_merged_into_id"), "invitations", ["merged_into_id"], ["id"])
        batch.create_index(op.f("ix_invitations_merged_into_id"), ["merged_into_id"])
