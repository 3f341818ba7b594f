"""Rooms are told apart by what is left of their names without accents, case and spaces: that is unique now."""

import unicodedata
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column of its own default is added in place: no table that others refer to is copied on SQLite.
    op.add_column("venues", sa.Column("folded_name", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    rooms = sa.table("venues", sa.column("id"), sa.column("name"), sa.column("folded_name"))
    known = connection.execute(sa.select(rooms.c.id, rooms.c.name).order_by(rooms.c.id)).all()
    for room, folded in _told_apart(known):
        connection.execute(sa.update(rooms).where(rooms.c.id == room).values(folded_name=folded))
    op.create_index("uq_venues_folded_name", "venues", ["folded_name"], unique=True)


def _told_apart(rooms: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Each room with its folded name; who came later under the name of another is told from it by its number."""
    taken: set[str] = set()
    for room, name in rooms:
        folded = _folded(name)
        yield room, folded if folded not in taken else f"{folded} #{room}"
        taken.add(folded)


def _folded(value: str) -> str:
    decomposed = unicodedata.normalize("NFD", value.casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").replace("đ", "d")
    return " ".join(bare.split())
