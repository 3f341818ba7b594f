"""What the sample knows of itself while it is being made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from kstthc_training.sample.accounts import Accounts
from kstthc_training.sample.organisations import Body
from kstthc_training.sample.people import Member
from kstthc_training.sample.plan import YearPlan

_GROUPS = {
    "office": "office", "departments": "department", "districts": "district", "communes": "commune", "press": "press",
    "broadcast": "broadcast", "mass": "mass_org", "central": "central",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Province:
    """Everything that events are made of; `chance` is the one source of chance."""

    today: date
    midnight: datetime
    chance: Random
    bodies: Sequence[Body]
    members: Sequence[Member]
    accounts: Accounts
    plans: dict[int, YearPlan]
    venues: dict[str, int]
    kinds: dict[str, int]
    people_of: dict[str, list[Member]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for member in self.members:
            self.people_of.setdefault(member.kind, []).append(member)

    def body(self, code: str) -> Body:
        """The organisation with a code."""
        return next(body for body in self.bodies if body.code == code)

    def guests(self, groups: str, count: int) -> list[Member]:
        """So many people by chance of the groups of organisations, those with an account to try always among them."""
        kinds = {_GROUPS[group] for group in groups.split("+")}
        all_people = [member for kind in sorted(kinds) for member in self.people_of.get(kind, ())]
        chosen = [member for member in all_people if member.login and member.kind != "office"]
        rest = [member for member in all_people if not member.login]
        chosen += self.chance.sample(rest, min(len(rest), max(0, count - len(chosen))))
        self.chance.shuffle(chosen)
        return chosen[:count]
