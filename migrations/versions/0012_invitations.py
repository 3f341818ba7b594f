"""Invitations to organisations and persons, what happened to each, and groups of organisations invited together."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
ACTS = (
    "made", "sent", "reminded", "opened", "accepted", "declined", "named", "quota-set", "deadline-set", "places-released",
    "revoked", "link-renewed", "moved",
)  # fmt: skip


def upgrade() -> None:
    _add_invitations()
    _add_steps()
    _add_groups()


def _add_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("answer_by", INSTANT, nullable=True),
        _choice("answer", "none", "accepted", "declined", name="invitation_answer"),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by_id", KEY, nullable=True),
        sa.Column("places_accepted", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _check("(answer = 'none') = (answered_at IS NULL)", "answered_at_an_instant"),
        _check("(organisation_id IS NULL) <> (person_id IS NULL)", "one_invitee"),
        _check("places > 0", "places_positive"),
        _check("places_accepted >= 0 AND places_accepted <= places", "accepted_within_places"),
        _reference("invitations", "answered_by_id", "accounts"),
        _reference("invitations", "event_id", "events"),
        _reference("invitations", "made_by_id", "accounts"),
        _reference("invitations", "organisation_id", "organisations"),
        _reference("invitations", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("event_id", "organisation_id", name="uq_invitations_organisation"),
        sa.UniqueConstraint("event_id", "person_id", name="uq_invitations_person"),
    )
    op.create_index("ix_invitations_organisation", "invitations", ["organisation_id", "event_id"])
    op.create_index("ix_invitations_person", "invitations", ["person_id", "event_id"])
    op.create_table(
        "invitation_rules",
        sa.Column("event_id", KEY, autoincrement=False, nullable=False),
        sa.Column("answer_by", INSTANT, nullable=True),
        sa.Column("remind_days", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("invitation_rules", "event_id", "events"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_invitation_rules")),
    )


def _add_steps() -> None:
    op.create_table(
        "invitation_steps",
        sa.Column("id", KEY, nullable=False),
        sa.Column("invitation_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        _choice("act", *ACTS, name="invitation_act"),
        sa.Column("facts", sa.JSON(), nullable=False),
        _reference("invitation_steps", "account_id", "accounts"),
        _reference("invitation_steps", "invitation_id", "invitations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_steps")),
    )
    op.create_index(op.f("ix_invitation_steps_invitation_id"), "invitation_steps", ["invitation_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER invitation_steps_no_{act.lower()} BEFORE {act} ON invitation_steps "
                "BEGIN SELECT RAISE(ABORT, 'invitation_steps is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER invitation_steps_append_only BEFORE UPDATE OR DELETE ON invitation_steps "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _add_groups() -> None:
    op.create_table(
        "invitee_groups",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("invitee_groups", "made_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee_groups")),
        sa.UniqueConstraint("name", name=op.f("uq_invitee_groups_name")),
    )
    op.create_table(
        "invitee_group_members",
        sa.Column("group_id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        _reference("invitee_group_members", "group_id", "invitee_groups", ondelete="CASCADE"),
        _reference("invitee_group_members", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("group_id", "organisation_id", name=op.f("pk_invitee_group_members")),
    )
    op.create_index(op.f("ix_invitee_group_members_organisation_id"), "invitee_group_members", ["organisation_id"])


def _check(rule: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_invitations_{name}"))


def _choice(column: str, *words: str, name: str = "") -> sa.Column[str]:
    kind = sa.Enum(*words, name=name or column, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, kind, nullable=False)


def _reference(table: str, column: str, other: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)
