"""Rows that may be one person, with what tells them apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.people.doubles import doubles
from kstthc_training.people.enums import Clue
from kstthc_training.people.finding import PersonRow, people_by_id
from kstthc_training.people.models import Account
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True)
class History:
    """What is known of a row: at how many events it is on the list, and its account, if any, in use or disabled."""

    registrations: int = 0
    login: str = ""
    is_disabled: bool = False

    @property
    def signs_in(self) -> bool:
        """Whether somebody signs in as this person."""
        return bool(self.login) and not self.is_disabled


@dataclass(frozen=True)
class DoubleRow:
    """Rows that may be one person, each with its history, and what speaks for it."""

    people: tuple[tuple[PersonRow, History], ...]
    clues: frozenset[Clue]

    @property
    def ids(self) -> list[int]:
        """The numbers of the rows."""
        return [person.id for person, _history in self.people]


def doubles_found(*, limit: int, offset: int = 0) -> tuple[list[DoubleRow], int]:
    """A page of those that may be one person, the row that would stay first, and how many there are: five statements."""
    every = doubles()
    found = every[offset : offset + limit]
    ids = [person_id for each in found for person_id in each.person_ids]
    people, known = {row.id: row for row in people_by_id(ids)}, histories(ids)
    rows = []
    for each in found:
        first = likeliest_to_stay(each.person_ids, known)
        in_order = dict.fromkeys((first, *each.person_ids))
        rows.append(DoubleRow(tuple((people[one], known[one]) for one in in_order), each.clues))
    return rows, len(every)


def histories(person_ids: Collection[int]) -> dict[int, History]:
    """What hangs on these rows: two statements."""
    listed = select(Registration.person_id, func.count()).where(Registration.person_id.in_(person_ids))
    registrations = {one: count for one, count in db.session.execute(listed.group_by(Registration.person_id))}
    accounts = select(Account.person_id, Account.login, Account.disabled_at).where(Account.person_id.in_(person_ids))
    logins = {one: (login, disabled_at is not None) for one, login, disabled_at in db.session.execute(accounts)}
    return {one: History(registrations.get(one, 0), *logins.get(one, ("", False))) for one in person_ids}


def likeliest_to_stay(person_ids: Sequence[int], known: dict[int, History]) -> int:
    """The row with an account in use, then the one with most registrations, then the oldest."""
    return min(person_ids, key=lambda one: (not known[one].signs_in, -known[one].registrations, one))
