"""What is said of an organisation when it is kept."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class OrganisationDetails:
    """Everything but the names and the time of an organisation; these may change without leaving a trace on papers."""

    kind_id: int
    level_id: int
    parent_id: int | None = None
    code: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganisationDraft(OrganisationDetails):
    """A new organisation; open ends of its time are None, both days are included."""

    name: str
    short_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
