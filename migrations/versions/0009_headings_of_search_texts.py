"""What is searched begins with the name or title, a bar behind it; on SQLite an index holds all that a search reads."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_HEADINGS = {"people": ("full_name",), "events": ("title",), "organisations": ("name", "short_name")}


def upgrade() -> None:
    for table, names in _HEADINGS.items():
        _set_headings_apart(table, names)
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL holds no long text in an index
        op.create_index("ix_people_search", "people", ["search_text", "sort_key", "organisation_id"])
        op.create_index("ix_events_search", "events", ["search_text", "starts_at", "ends_at", "state", "discarded_at"])


def _set_headings_apart(table: str, names: tuple[str, ...]) -> None:
    connection = op.get_bind()
    columns = [sa.column(name) for name in ("id", "search_text", *names)]
    kept = sa.table(table, *columns)
    changed = [
        {"key": key, "text": _with_heading(text, " ".join(dict.fromkeys(heading)))}
        for key, text, *heading in connection.execute(sa.select(*columns)).all()
    ]
    if changed:
        written = sa.update(kept).where(kept.c.id == sa.bindparam("key")).values(search_text=sa.bindparam("text"))
        connection.execute(written, changed)


def _with_heading(text: str, heading: str) -> str:
    folded = _folded(heading)
    bare = " ".join(text.replace("|", " ").split())
    rest = " ".join(bare.replace(folded, " ", 1).split()) if folded else bare
    return f"{folded} | {rest}".rstrip()


def _folded(value: str) -> str:
    decomposed = unicodedata.normalize("NFD", value.replace("|", " ").casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").replace("đ", "d")
    return " ".join(bare.split())
