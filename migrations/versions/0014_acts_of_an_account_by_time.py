"""What an account did lately is found without reading all that it ever did."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_entries_account", "audit_entries", ["account_id", "at"])
    op.drop_index("ix_audit_entries_account_id", "audit_entries")
