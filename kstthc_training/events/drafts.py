"""What a form gives of an event, before any of it is stored."""

from dataclasses import dataclass, field
from datetime import datetime

from kstthc_training.events.enums import AttendanceRule, Audience, EventMode


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """A session as typed, in aware instants; `id` names the stored session that it continues."""

    starts_at: datetime
    ends_at: datetime
    name: str = ""
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AgendaItemDraft:
    """A line of the programme as typed."""

    starts_at: datetime
    title: str
    ends_at: datetime | None = None
    speakers: str = ""


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """Everything that people say about an event; sessions and agenda in the order of time."""

    title: str
    kind_id: int
    sessions: tuple[SessionDraft, ...]
    agenda: tuple[AgendaItemDraft, ...] = ()
    mode: EventMode = EventMode.IN_PERSON
    audience: Audience = Audience.OFFICIALS
    audience_note: str = ""
    description: str = ""
    venue_id: int | None = None
    online_url: str = ""
    chair: str = ""
    host_id: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    capacity: int | None = None
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    plan_item_id: int | None = None
    attendance_rule: AttendanceRule = AttendanceRule.HALF
    topic_ids: frozenset[int] = frozenset()
    door_staff_ids: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "sessions", tuple(sorted(self.sessions, key=lambda s: s.starts_at)))
        object.__setattr__(self, "agenda", tuple(sorted(self.agenda, key=lambda a: a.starts_at)))


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """What has happened to an event that no edit may undo; gathered by whoever stands above registrations.

    `registrations` counts those not cancelled; `marks` counts marks and closings by session.
    """

    registrations: int = 0
    marks: dict[int, int] = field(default_factory=dict)


UNTOUCHED = Footprint()
