"""People ask that their data be erased; what is only ever added lets go of names and reasons while one is being erased."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STATES = ("open", "withdrawn", "refused", "done")
ERASED = "Người đã xóa dữ liệu"

# Of each append-only table the columns that an erasure may change; the rest stays for ever.
LET_GO = {
    "audit_entries": ("actor_name", "facts"),
    "registration_steps": ("reason",),
    "invitation_steps": ("facts",),
    "allocation_rows": ("facts",),
}
COLUMNS = {
    "audit_entries": ("id", "at", "account_id", "address", "action", "subject_type", "subject_id"),
    "registration_steps": ("id", "registration_id", "at", "account_id", "from_state", "to_state", "rule"),
    "invitation_steps": ("id", "invitation_id", "at", "account_id", "act"),
    "allocation_rows": ("allocation_id", "registration_id", "rank", "outcome", "rule"),
}


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("erased_at", INSTANT, nullable=True))
    op.create_index("ix_outbox_messages_recipient", "outbox_messages", ["recipient"])
    _add_requests()
    _add_erasures()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(_FUNCTION)
    for table in LET_GO:
        (_open_on_sqlite if is_sqlite else _open_on_postgresql)(table)


def _add_requests() -> None:
    op.create_table(
        "erasure_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state", sa.Enum(*STATES, name="request_state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by_id", KEY, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f("ck_erasure_requests_open_until_answered")),
        sa.CheckConstraint("state <> 'refused' OR reason <> ''", name=op.f("ck_erasure_requests_refused_with_reason")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erasure_requests_person_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["accounts.id"], name=op.f("fk_erasure_requests_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_requests")),
    )  # fmt: skip
    op.create_index(op.f("ix_erasure_requests_person_id"), "erasure_requests", ["person_id"])
    op.create_index("ix_erasure_requests_state", "erasure_requests", ["state", "due_on"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_erasure_requests_open", "erasure_requests", ["person_id"], unique=True,
        sqlite_where=is_open, postgresql_where=is_open,
    )  # fmt: skip


def _add_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("gone", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erasures_person_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_erasures_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("person_id", name=op.f("uq_erasures_person_id")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures WHEN OLD.done_at IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'erasures is append-only'); END"
        )
        op.execute(
            "CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures "
            "BEGIN SELECT RAISE(ABORT, 'erasures is append-only'); END"
        )
        return
    op.execute(
        "CREATE TRIGGER erasures_append_only BEFORE UPDATE OR DELETE ON erasures "
        "FOR EACH ROW WHEN (OLD.done_at IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    )


def _open_on_sqlite(table: str) -> None:
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in COLUMNS[table])
    under_way = "SELECT 1 FROM erasures WHERE done_at IS NULL"
    conditions = [same]
    if "facts" in LET_GO[table]:
        conditions.append(f"(NEW.facts IS OLD.facts OR coalesce(json_extract(NEW.facts, '$.erased'), 0) IN ({_NUMBER}))")
    if "reason" in LET_GO[table]:
        conditions.append("NEW.reason = ''")
    if "actor_name" in LET_GO[table]:
        conditions.append(f"(NEW.actor_name IS OLD.actor_name OR NEW.actor_name = '{ERASED}')")
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"WHEN NOT (EXISTS ({under_way}) AND {' AND '.join(conditions)}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


_NUMBER = "SELECT id FROM erasures WHERE done_at IS NULL"


def _open_on_postgresql(table: str) -> None:
    let_go = ", ".join(f"'{column}'" for column in LET_GO[table])
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure({let_go})"
    )


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept jsonb := to_jsonb(OLD);
  given jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    given := to_jsonb(NEW);
    IF given - TG_ARGV = kept - TG_ARGV
      AND EXISTS ({_NUMBER})
      AND (given->'facts' IS NOT DISTINCT FROM kept->'facts'
           OR (given->'facts'->>'erased') IN (SELECT id FROM (SELECT CAST(id AS text) AS id FROM erasures WHERE done_at IS NULL) e))
      AND COALESCE(given->>'reason', '') = ''
      AND (given->>'actor_name' IS NOT DISTINCT FROM kept->>'actor_name' OR given->>'actor_name' = '{ERASED}')
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""
