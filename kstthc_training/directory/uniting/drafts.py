"""What the keeper of the directory says of rows that are one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("full_name", "title", "organisation_id", "email", "phone")


@dataclass(frozen=True, kw_only=True)
class Uniting:
    """Which row stays, and which are closed and lead on to it.

    Where the rows contradict, `taken` says from whose row a value is (field to person's id), and `marks` whose mark holds
    in a session (session's id to registration's id). `seen` are the versions that were looked at, if any.
    """

    kept_id: int
    other_ids: tuple[int, ...]
    taken: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[int, int] = field(default_factory=dict)
    seen: Mapping[int, int] | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """All rows, the one that stays first."""
        return (self.kept_id, *self.other_ids)
