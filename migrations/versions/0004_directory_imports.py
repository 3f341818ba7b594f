"""Files on their way into the directory, and attendance looked up by organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = sa.Enum(
    "organisations", "people", name="import_kind", native_enum=False, create_constraint=True, length=20
)


def upgrade() -> None:
    op.create_table(
        "directory_imports",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("file_id", KEY, nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.Column("imported_at", INSTANT, nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(imported_at IS NULL) = (file_id IS NOT NULL)", name=op.f("ck_directory_imports_file_until_imported")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_directory_imports_account_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_directory_imports_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_imports")),
    )
    for column in ("account_id", "file_id", "uploaded_at"):
        op.create_index(op.f(f"ix_directory_imports_{column}"), "directory_imports", [column])
    op.create_index(
        "ix_attendance_results_organisation", "attendance_results", ["organisation_id", "event_id", "attended"]
    )
