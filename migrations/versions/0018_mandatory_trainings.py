"""Some trainings must be attended by listed people until a day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mandates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("topic_id", KEY, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_mandates_made_by_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["plan_topics.id"], name=op.f("fk_mandates_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    op.create_index(op.f("ix_mandates_topic_id"), "mandates", ["topic_id"])
    op.create_table(
        "mandate_events",
        sa.Column("mandate_id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_mandate_events_event_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_events_mandate_id")),
        sa.PrimaryKeyConstraint("mandate_id", "event_id", name=op.f("pk_mandate_events")),
    )
    op.create_index(op.f("ix_mandate_events_event_id"), "mandate_events", ["event_id"])
    op.create_table(
        "mandate_people",
        sa.Column("mandate_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", KEY, nullable=True),
        sa.Column("exempt_document", sa.String(), nullable=False),
        sa.Column("exempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exempt_by_id", KEY, nullable=True),
        sa.CheckConstraint("(exempt_document = '') = (exempt_at IS NULL)", name=op.f("ck_mandate_people_exempt_by_a_document")),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_mandate_people_added_by_id")),
        sa.ForeignKeyConstraint(["exempt_by_id"], ["accounts.id"], name=op.f("fk_mandate_people_exempt_by_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_people_mandate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mandate_people_person_id")),
        sa.PrimaryKeyConstraint("mandate_id", "person_id", name=op.f("pk_mandate_people")),
    )
    op.create_index(op.f("ix_mandate_people_person_id"), "mandate_people", ["person_id"])
