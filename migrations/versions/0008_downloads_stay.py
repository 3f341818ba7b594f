"""Who fetched a paper stays written: nothing changes or removes a download."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER downloads_no_{act.lower()} BEFORE {act} ON downloads "
                "BEGIN SELECT RAISE(ABORT, 'downloads is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER downloads_append_only BEFORE UPDATE OR DELETE ON downloads "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
