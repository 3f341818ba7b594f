"""Letters may be held, given up and come back; their path is kept, a hold may concern one event, and the pace is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
BEFORE = "state IN ('waiting', 'sent', 'failed')"
STATES = ("held", "waiting", "sent", "failed", "bounced", "discarded")
NOW = "state IN (" + ", ".join(f"'{state}'" for state in STATES) + ")"
STEPS = (
    "taken", "refused", "put-off", "given-up", "bounced", "held", "released", "sent-again", "readdressed", "discarded",
    "undone", "interrupted",
)  # fmt: skip


def upgrade() -> None:
    _let_letters_stand_elsewhere()
    for column in (
        sa.Column("host", sa.String(), nullable=False, server_default=""),
        sa.Column("let_go_at", INSTANT, nullable=True),
        sa.Column("tried_at", INSTANT, nullable=True),
    ):
        op.add_column("outbox_messages", column)
    op.execute("ALTER TABLE outbox_messages RENAME COLUMN resent_at TO due_at")
    op.create_index("ix_outbox_messages_pace", "outbox_messages", ["tried_at", "host"])
    _fill_hosts()
    op.execute("UPDATE outbox_messages SET state = 'discarded', last_error = NULL WHERE last_error = 'discarded'")
    _let_one_event_be_held()
    _keep_paths()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _let_letters_stand_elsewhere() -> None:
    if not _is_sqlite():
        op.drop_constraint(op.f("ck_outbox_messages_message_state"), "outbox_messages", type_="check")
        op.create_check_constraint(op.f("ck_outbox_messages_message_state"), "outbox_messages", NOW)
        return
    # A check alone changes, no row (https://www.sqlite.org/lang_altertable.html, section 7).
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'outbox_messages' AND instr(sql, ?)",
        (BEFORE, NOW, BEFORE),
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed.rowcount != 1:
        raise RuntimeError("the table outbox_messages is not the one that earlier migrations made")


def _fill_hosts() -> None:
    after_at = "substr(recipient, instr(recipient, '@') + 1)" if _is_sqlite() else "split_part(recipient, '@', 2)"
    op.execute(f"UPDATE outbox_messages SET host = lower({after_at}) WHERE recipient LIKE '%@%'")


def _let_one_event_be_held() -> None:
    op.rename_table("outbox_holds", "outbox_holds_before")
    op.create_table(
        "outbox_holds",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("event_id", KEY, nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.CheckConstraint("id = coalesce(event_id, 0)", name=op.f("ck_outbox_holds_one_for_each")),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_holds" if _is_sqlite() else "pk_outbox_holds_each"),
    )
    op.execute("INSERT INTO outbox_holds (id, reason, since) SELECT 0, reason, since FROM outbox_holds_before")
    op.drop_table("outbox_holds_before")
    if not _is_sqlite():
        op.execute("ALTER TABLE outbox_holds RENAME CONSTRAINT pk_outbox_holds_each TO pk_outbox_holds")


def _keep_paths() -> None:
    op.create_table(
        "outbox_steps",
        sa.Column("id", KEY, nullable=False),
        sa.Column("message_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _choice("what", "path_step", STEPS),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("act", sa.String(), nullable=True),
        _choice("was", "was", STATES, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_messages.id"], name=op.f("fk_outbox_steps_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_steps")),
    )
    op.create_index(op.f("ix_outbox_steps_message_id"), "outbox_steps", ["message_id"])
    op.create_index(op.f("ix_outbox_steps_act"), "outbox_steps", ["act"])
    known = "INSERT INTO outbox_steps (message_id, at, what, said) SELECT id, "
    op.execute(known + "sent_at, 'taken', '' FROM outbox_messages WHERE state = 'sent' AND sent_at IS NOT NULL")
    op.execute(known + "run_at, 'given-up', coalesce(last_error, '') FROM outbox_messages WHERE state = 'failed'")
    op.execute(known + "run_at, 'discarded', '' FROM outbox_messages WHERE state = 'discarded'")
    _refuse_changes()


def _choice(column: str, name: str, words: tuple[str, ...], *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, kind, nullable=nullable)


def _refuse_changes() -> None:
    """What was said of a letter may be taken out, since it can name the recipient; the rest stays for ever."""
    if _is_sqlite():
        kept = ("id", "message_id", "at", "what", "until", "account_id", "act", "was")
        same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in kept)
        for act, but in (("UPDATE", f"WHEN NOT ({same} AND NEW.said = '')"), ("DELETE", "")):
            op.execute(
                f"CREATE TRIGGER outbox_steps_no_{act.lower()} BEFORE {act} ON outbox_steps {but} "
                "BEGIN SELECT RAISE(ABORT, 'outbox_steps is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' THEN "
        "IF to_jsonb(NEW) - 'said' = to_jsonb(OLD) - 'said' AND NEW.said = '' THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE TRIGGER outbox_steps_append_only BEFORE UPDATE OR DELETE ON outbox_steps "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_step()"
    )
