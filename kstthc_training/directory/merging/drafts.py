"""What the keeper of the directory says of a merger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Merger:
    """Who continues whom from a day on, by which act.

    The first successor is the heir: people not in `people` (person's id to successor's) go to it, as do invitations, held
    seats, groups and focal points. Predecessors that do not `end` give only the people named. Of the focal points those
    of `focal_accounts` stay (None: all); groups in `groups_left` keep the predecessors as they are.
    """

    predecessor_ids: tuple[int, ...]
    successor_ids: tuple[int, ...]
    effective_on: date
    legal_basis: str = ""
    ends: bool = True
    people: Mapping[int, int] = field(default_factory=dict)
    focal_accounts: frozenset[int] | None = None
    groups_left: frozenset[int] = frozenset()

    @property
    def heir_id(self) -> int:
        """The successor to whom everything goes that is not said otherwise."""
        return self.successor_ids[0]

    @property
    def whole(self) -> bool:
        """Whether each predecessor goes into one successor as a whole."""
        return self.ends and len(self.successor_ids) == 1
