"""The uniting of rows worked out whole: every row it changes, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime

from kstthc_training.directory.changes import Change
from kstthc_training.directory.uniting.accounts import AccountEffect, account_changes
from kstthc_training.directory.uniting.answers import answer_changes, guest_changes
from kstthc_training.directory.uniting.belongings import Belongings, belongings_of
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.directory.uniting.marks import NewMark, SessionMarks, marks_of, new_marks, result_changes
from kstthc_training.directory.uniting.people import (
    FieldChoice,
    field_choices,
    parties,
    person_changes,
    told_apart_changes,
)
from kstthc_training.directory.uniting.standing import Standing, standing_changes, standing_of
from kstthc_training.people.models import Person


@dataclass(frozen=True)
class UnitingPlan:
    """What uniting rows would do; nothing is written yet. `people` are the rows, the one that stays first."""

    uniting: Uniting
    people: tuple[Person, ...]
    fields: tuple[FieldChoice, ...]
    accounts: AccountEffect
    standing: Standing
    sessions: tuple[SessionMarks, ...]
    belongings: Belongings
    marks: tuple[NewMark, ...]
    changes: tuple[Change, ...]

    @property
    def contradictions(self) -> tuple[SessionMarks, ...]:
        """Sessions of which different things were seen: the keeper says what holds."""
        return tuple(each for each in self.sessions if each.contradicts)


def plan_uniting(uniting: Uniting, *, now: datetime) -> UnitingPlan:
    """Work the uniting of rows out, in a number of statements that does not grow with what hangs on them.

    Raises `NobodyUnites`, `Unknown`, `AlreadyUnited`, `RowChanged` when a row is not as it was looked at, and
    `KeptAccountDisabled`.
    """
    people = parties(uniting)
    fields = field_choices(uniting, people)
    accounts, of_accounts = account_changes(uniting, now)
    standing = standing_of(uniting)
    sessions = marks_of(uniting, standing.united)
    belongings, of_belongings = belongings_of(uniting, now)
    changes = [
        *person_changes(people, fields), *of_accounts, *standing_changes(uniting, standing, now),
        *(each for each in (*answer_changes(standing.united), *guest_changes(standing.united)) if each is not None),
        *result_changes(uniting, standing, sessions), *of_belongings, *told_apart_changes(uniting),
    ]  # fmt: skip
    marks = tuple(new_marks(sessions))
    return UnitingPlan(uniting, people, fields, accounts, standing, sessions, belongings, marks, tuple(changes))
