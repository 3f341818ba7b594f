"""A person follows several feeds, each of one scope with an address of its own; the feeds there are hold what is one's own."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SCOPES = ("mine", "all", "audience", "organisation", "host", "kind", "room")
SCOPE = sa.Enum(*SCOPES, name="feed_scope", native_enum=False, create_constraint=True, length=20)
SHOWN = {"shows_registered": sa.true(), "shows_waiting": sa.false(), "shows_invited": sa.false(), "shows_organised": sa.false()}


def upgrade() -> None:
    with op.batch_alter_table("feeds") as feeds:
        feeds.drop_constraint("uq_feeds_person_id", type_="unique")
        feeds.add_column(sa.Column("scope", SCOPE, nullable=False, server_default="mine"))
        feeds.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        for name, shown in SHOWN.items():
            feeds.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=shown))
        feeds.create_unique_constraint("uq_feeds_scope", ["person_id", "scope", "subject"])
    with op.batch_alter_table("feeds") as feeds:
        for name in ("scope", "subject", *SHOWN):
            feeds.alter_column(name, server_default=None)
