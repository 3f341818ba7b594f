"""What calendars of people were told by mail is kept; those who come to events ahead are to be told from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def _choice(name, *words):
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    with op.batch_alter_table("outbox_messages") as messages:
        messages.add_column(sa.Column("calendar_uid", sa.String(), nullable=True))
        messages.add_column(sa.Column("locale", sa.String(), nullable=False, server_default="vi"))
    with op.batch_alter_table("outbox_messages") as messages:
        messages.alter_column("locale", server_default=None)
    _add_choices()
    _add_sendings()
    _take_along()


def _add_choices() -> None:
    op.create_table(
        "calendar_choices",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("mail", _choice("calendar_mail", "auto", "always", "never"), nullable=False),
        sa.Column("subscribed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_calendar_choices_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_choices"),
    )
    op.create_table(
        "calendar_contents",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_calendar_contents"),
    )


def _add_sendings() -> None:
    answers = ("NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED")
    op.create_table(
        "calendar_sendings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("session_id", KEY, nullable=True),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("attendee_name", sa.String(), nullable=False),
        sa.Column("organizer", sa.String(), nullable=False),
        sa.Column("method", _choice("method", "REQUEST", "CANCEL"), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("raised", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("stamped_at", INSTANT, nullable=True),
        sa.Column("partstat", _choice("partstat", *answers), nullable=False),
        sa.Column("reply_sequence", sa.Integer(), nullable=True),
        sa.Column("reply_stamped_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_calendar_sendings_person_id"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_calendar_sendings_event_id"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_calendar_sendings_session_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["digest"], ["calendar_contents.digest"], name="fk_calendar_sendings_digest"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_sendings"),
        sa.UniqueConstraint("person_id", "uid", name="uq_calendar_sendings_uid"),
        sa.CheckConstraint("(method IS NULL) = (sequence IS NULL)", name="ck_calendar_sendings_sent_with_a_sequence"),
        sa.CheckConstraint("(method IS NULL) = (stamped_at IS NULL)", name="ck_calendar_sendings_sent_with_a_stamp"),
        sa.CheckConstraint("raised >= 0", name="ck_calendar_sendings_raised_not_negative"),
    )
    op.create_index("ix_calendar_sendings_session_id", "calendar_sendings", ["session_id"])
    op.create_index("ix_calendar_sendings_event", "calendar_sendings", ["event_id", "person_id"])
    op.create_index("ix_calendar_sendings_address", "calendar_sendings", ["event_id", "email"])


def _take_along() -> None:
    """Whoever has a seat at an event still to come, or is invited to it in person, is to be told when it changes."""
    op.execute(
        "INSERT INTO calendar_sendings"
        " (person_id, event_id, session_id, uid, wanted, email, attendee_name, organizer, raised, partstat)"
        " SELECT coming.person_id, sessions.event_id, sessions.id, sessions.uid, true, '', '', '', 0, 'NEEDS-ACTION'"
        " FROM (SELECT event_id, person_id FROM registrations WHERE state = 'confirmed'"
        " UNION SELECT event_id, person_id FROM invitations WHERE person_id IS NOT NULL AND revoked_at IS NULL"
        " AND sent_at IS NOT NULL AND answer <> 'declined') AS coming"
        " JOIN events ON events.id = coming.event_id JOIN sessions ON sessions.event_id = events.id"
        " WHERE events.state IN ('draft', 'released', 'postponed') AND sessions.ends_at > CURRENT_TIMESTAMP"
    )
