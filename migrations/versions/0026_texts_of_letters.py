"""An office may word its letters itself; every version stays."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "message_texts",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["accounts.id"], name=op.f("fk_message_texts_changed_by_id")),
        sa.PrimaryKeyConstraint("kind", "locale", "version", name=op.f("pk_message_texts")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER message_texts_no_{act.lower()} BEFORE {act} ON message_texts "
                "BEGIN SELECT RAISE(ABORT, 'message_texts is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER message_texts_append_only BEFORE UPDATE OR DELETE ON message_texts "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
