"""A file handed in may be a list of mergers."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
NAME = "ck_directory_imports_import_kind"
KINDS = "kind IN ('organisations', 'people', 'mergers')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("directory_imports", copy_from=_table(), recreate="always"):
            return
    op.drop_constraint(op.f(NAME), "directory_imports", type_="check")
    op.create_check_constraint(op.f(NAME), "directory_imports", KINDS)


def _table() -> sa.Table:
    return sa.Table(
        "directory_imports",
        sa.MetaData(),
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("file_id", KEY, nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.Column("imported_at", INSTANT, nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("event_id", KEY, nullable=True),
        sa.Column("registered", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.CheckConstraint("(imported_at IS NULL) = (file_id IS NOT NULL)", name="ck_directory_imports_file_until_imported"),
        sa.CheckConstraint(KINDS, name=NAME),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_directory_imports_account_id"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name="fk_directory_imports_file_id"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_directory_imports_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_directory_imports"),
        sa.Index("ix_directory_imports_account_id", "account_id"),
        sa.Index("ix_directory_imports_file_id", "file_id"),
        sa.Index("ix_directory_imports_event_id", "event_id"),
        sa.Index("ix_directory_imports_uploaded_at", "uploaded_at"),
    )
