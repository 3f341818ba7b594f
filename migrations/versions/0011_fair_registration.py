"""Seats counted by circle, organisation and place; decisions, offers, substitutes, questions and allocations."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
OLD_STATES = "'confirmed', 'waiting', 'cancelled'"
NEW_STATES = "'pending', 'confirmed', 'waiting', 'offered', 'refused', 'cancelled'"
CHECKS = {
    "circle": "circle IN ('press', 'officials')",
    "place": "place IN ('room', 'online')",
    "credential": "credential IN ('press_card', 'introduction')",
    "offer_has_an_end": "(state = 'offered') = (offer_ends_at IS NOT NULL)",
    "seat_of_somebody_admitted": "NOT holds_seat OR state IN ('confirmed', 'offered')",
    "offer_holds_a_seat": "state <> 'offered' OR holds_seat",
}


def upgrade() -> None:
    _widen_registrations()
    _widen_steps()
    op.add_column("seat_pools", sa.Column("follows_default", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add_rules()
    _add_questions()
    _add_allocations()


def _widen_registrations() -> None:
    for column in (
        sa.Column("holds_seat", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("circle", sa.String(20), nullable=False, server_default="officials"),
        sa.Column("seat_organisation_id", KEY, nullable=True),
        sa.Column("place", sa.String(20), nullable=True),
        sa.Column("offer_ends_at", INSTANT, nullable=True),
        sa.Column("substitute_for_id", KEY, nullable=True),
        sa.Column("credential", sa.String(20), nullable=True),
        sa.Column("credential_number", sa.String(), nullable=False, server_default=""),
    ):
        op.add_column("registrations", column)
    op.execute(
        "UPDATE registrations SET seat_organisation_id = organisation_id, "
        "holds_seat = (state = 'confirmed' AND source <> 'walk_in'), "
        "circle = CASE WHEN organisation_id IN (SELECT o.id FROM organisations o JOIN organisation_kinds k "
        "ON k.id = o.kind_id WHERE k.is_press) THEN 'press' ELSE 'officials' END"
    )
    references = {"seat_organisation_id": "organisations", "substitute_for_id": "registrations"}
    _rebuild("registrations", ("registration_state", "state"), checks=CHECKS, references=references)
    for column in references:
        op.create_index(op.f(f"ix_registrations_{column}"), "registrations", [column])


def _widen_steps() -> None:
    _rebuild("registration_steps", ("from_state", "from_state"), ("to_state", "to_state"))


def _rebuild(
    table: str,
    *state_checks: tuple[str, str],
    checks: dict[str, str] | None = None,
    references: dict[str, str] | None = None,
) -> None:
    """Let a table take the new states and constraints; SQLite needs the whole table anew (its manual, lang_altertable 7)."""
    checks, references = checks or {}, references or {}
    if op.get_bind().dialect.name == "sqlite":
        added = [f"CONSTRAINT ck_{table}_{name} CHECK ({rule})" for name, rule in checks.items()]
        added += [
            f"CONSTRAINT fk_{table}_{column} FOREIGN KEY({column}) REFERENCES {other} (id)"
            for column, other in references.items()
        ]
        _write_anew(table, added)
        return
    for name, column in state_checks:
        op.drop_constraint(f"ck_{table}_{name}", table)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({NEW_STATES})")
    for name, rule in checks.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    for column, other in references.items():
        op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, other, [column], ["id"])


def _write_anew(table: str, added: list[str]) -> None:
    bind = op.get_bind()
    known = sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL")
    definition = bind.execute(known, {"table": table, "type": "table"}).scalar_one()
    attached = [
        sql for kind in ("index", "trigger") for sql in bind.execute(known, {"table": table, "type": kind}).scalars().all()
    ]
    head, body = definition.replace(OLD_STATES, NEW_STATES).split("(", 1)
    body = ", ".join([body.rstrip().removesuffix(")"), *added]) + ")"
    op.execute(f"{head.replace(table, f'{table}_new')}({body}")
    op.execute(f"INSERT INTO {table}_new SELECT * FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    for sql in attached:
        op.execute(sql)


def _add_rules() -> None:
    op.create_table(
        "registration_rules",
        sa.Column("event_id", KEY, autoincrement=False, nullable=False),
        _choice("admission", "direct", "approval", "allocation"),
        _choice("promotion", "seat", "offer"),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("cutoff_hours", sa.Integer(), nullable=False),
        sa.Column("names_until", INSTANT, nullable=True),
        sa.Column("asks_credentials", sa.Boolean(), nullable=False),
        sa.Column("guests_allowed", sa.Boolean(), nullable=False),
        sa.Column("guest_generation", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cutoff_hours >= 0", name=op.f("ck_registration_rules_cutoff_hours_not_negative")),
        sa.CheckConstraint("offer_hours > 0", name=op.f("ck_registration_rules_offer_hours_positive")),
        _reference("registration_rules", "event_id", "events"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_registration_rules")),
    )
    op.create_table(
        "seat_reservations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_seat_reservations_places_not_negative")),
        _reference("seat_reservations", "event_id", "events"),
        _reference("seat_reservations", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_reservations")),
        sa.UniqueConstraint("event_id", "organisation_id", name="uq_seat_reservations_organisation"),
    )
    op.create_index(op.f("ix_seat_reservations_organisation_id"), "seat_reservations", ["organisation_id"])


def _add_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _choice("kind", "text", "choice", "number", "day", "file", name="question_kind"),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("shown_if_id", KEY, nullable=True),
        sa.Column("shown_if_value", sa.String(), nullable=False),
        _reference("questions", "event_id", "events"),
        _reference("questions", "shown_if_id", "questions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("event_id", "position", name="uq_questions_position"),
    )
    op.create_table(
        "answers",
        sa.Column("registration_id", KEY, nullable=False),
        sa.Column("question_id", KEY, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("file_id", KEY, nullable=True),
        _reference("answers", "registration_id", "registrations"),
        _reference("answers", "question_id", "questions"),
        _reference("answers", "file_id", "stored_files"),
        sa.PrimaryKeyConstraint("registration_id", "question_id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_question_id"), "answers", ["question_id"])


def _add_allocations() -> None:
    op.create_table(
        "allocations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        _reference("allocations", "account_id", "accounts"),
        _reference("allocations", "event_id", "events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
    )
    op.create_index(op.f("ix_allocations_event_id"), "allocations", ["event_id"])
    op.create_table(
        "allocation_rows",
        sa.Column("allocation_id", KEY, nullable=False),
        sa.Column("registration_id", KEY, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        _choice("outcome", "admitted", "waiting", name="allocation_outcome"),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        _reference("allocation_rows", "allocation_id", "allocations"),
        _reference("allocation_rows", "registration_id", "registrations"),
        sa.PrimaryKeyConstraint("allocation_id", "registration_id", name=op.f("pk_allocation_rows")),
        sa.UniqueConstraint("allocation_id", "rank", name="uq_allocation_rows_rank"),
    )
    op.create_index(op.f("ix_allocation_rows_registration_id"), "allocation_rows", ["registration_id"])
    for table in ("allocations", "allocation_rows"):
        _refuse_changes(table)


def _choice(column: str, *words: str, name: str = "") -> sa.Column[str]:
    kind = sa.Enum(*words, name=name or column, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, kind, nullable=False)


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
