"""A list of names from a file, held against the people on record; nothing is written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, or_, select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.sheets import Fields, Table, map_columns
from kstthc_training.text import fold, name_sort_key

FIELDS: Fields = {
    "name": ("họ và tên", "họ tên", "tên", "full name", "name"),
    "organisation": ("đơn vị", "cơ quan, đơn vị", "cơ quan", "nơi công tác", "organisation"),
    "email": ("email", "thư điện tử", "địa chỉ thư", "e-mail"),
}


class Trouble(StrEnum):
    """Why a line of the file names nobody on record."""

    NAMELESS = "nameless"
    NOBODY = "nobody"
    SEVERAL = "several"


class Known(NamedTuple):
    """Somebody on record whom a line may mean."""

    id: int
    full_name: str
    title: str
    organisation: str
    short_name: str
    email: str


class Asked(NamedTuple):
    """What one line of the file says of a person."""

    line: int
    name: str
    organisation: str
    email: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Whom a file means, each once in the order of its lines, and the lines that name nobody for certain."""

    found: tuple[Known, ...]
    troubles: tuple[tuple[Asked, Trouble], ...]


def roster_of(table: Table) -> Roster:
    """The people whom the lines of a table mean, by address, else by name and organisation: one statement."""
    asked = _asked(table)
    known = _known(asked)
    by_email = _grouped((each.email.lower(), each) for each in known if each.email)
    by_name = _grouped((name_sort_key(each.full_name), each) for each in known)
    found: dict[int, Known] = {}
    troubles = []
    for line in asked:
        meant = _meant(line, by_email.get(line.email.lower(), []), by_name.get(name_sort_key(line.name), []))
        if isinstance(meant, Trouble):
            troubles.append((line, meant))
        else:
            found.setdefault(meant.id, meant)
    return Roster(tuple(found.values()), tuple(troubles))


def _asked(table: Table) -> list[Asked]:
    columns = map_columns(table, FIELDS)
    places = [columns.column(name) for name in FIELDS]
    return [Asked(row.line, *("" if place is None else row.at(place) for place in places)) for row in table.rows]


def _known(asked: Sequence[Asked]) -> list[Known]:
    emails = {line.email.lower() for line in asked if line.email}
    names = {name_sort_key(line.name) for line in asked if line.name}
    rows = db.session.execute(
        select(
            Person.id, Person.full_name, Person.title, func.coalesce(Organisation.name, ""),
            func.coalesce(Organisation.short_name, ""), Person.email,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(or_(func.lower(Person.email).in_(emails), Person.sort_key.in_(names)))
        .order_by(Person.id)
    )  # fmt: skip
    return [Known._make(row) for row in rows]


def _grouped(pairs: Iterable[tuple[str, Known]]) -> dict[str, list[Known]]:
    groups: dict[str, list[Known]] = defaultdict(list)
    for key, known in pairs:
        groups[key].append(known)
    return groups


def _meant(line: Asked, by_email: list[Known], namesakes: list[Known]) -> Known | Trouble:
    """The one whose address it is; else the only namesake, of the organisation where the line names one."""
    if not line.name and not line.email:
        return Trouble.NAMELESS
    if len(by_email) == 1:
        return by_email[0]
    there = [each for each in namesakes if not line.organisation or _is_of(each, line.organisation)]
    if len(there) == 1:
        return there[0]
    return Trouble.SEVERAL if there or by_email else Trouble.NOBODY


def _is_of(known: Known, organisation: str) -> bool:
    return fold(organisation) in (fold(known.organisation), fold(known.short_name))
