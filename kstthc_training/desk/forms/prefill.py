"""A stored event as the values of a form."""

from typing import Any

from kstthc_training import clock
from kstthc_training.events.models import Event

_SAME = (
    "title", "kind_id", "mode", "venue_id", "online_url", "audience", "audience_note", "chair", "host_id", "contact_name",
    "contact_phone", "capacity", "description", "plan_item_id", "attendance_rule",
)  # fmt: skip


def values_of(event: Event) -> dict[str, Any]:
    """What an untouched form of the event holds; `event` comes with all that is said about it."""
    values: dict[str, Any] = {name: getattr(event, name) for name in _SAME}
    values["version"] = event.version
    values["sessions"] = [
        {
            "id": str(session.id),
            "day": clock.local_date(session.starts_at),
            "starts": clock.local(session.starts_at).time(),
            "ends": clock.local(session.ends_at).time(),
            "name": session.name,
        }
        for session in event.sessions
    ]
    values["agenda"] = _agenda(event)
    values["topic_ids"] = [topic.id for topic in event.topics]
    values["door_staff_ids"] = [row.person_id for row in event.door_staff]
    for end in ("opens", "closes"):
        at = getattr(event, f"registration_{end}_at")
        values[f"{end}_day"] = clock.local_date(at) if at else None
        values[f"{end}_hour"] = clock.local(at).time() if at else None
    return values


def values_of_copy(event: Event) -> dict[str, Any]:
    """The same for a new event like it: hours stay, days and the registration window are to be filled in."""
    values = values_of(event) | dict.fromkeys(("opens_day", "opens_hour", "closes_day", "closes_hour"))
    values["version"] = 0
    values["sessions"] = [session | {"id": "", "day": None} for session in values["sessions"]]
    return values


def _agenda(event: Event) -> list[dict[str, Any]]:
    days = sorted({clock.local_date(session.starts_at) for session in event.sessions})
    return [
        {
            "day_number": str(_number(days, item.starts_at)),
            "starts": clock.local(item.starts_at).time(),
            "ends": clock.local(item.ends_at).time() if item.ends_at else None,
            "title": item.title,
            "speakers": item.speakers,
        }
        for item in event.agenda_items
    ]


def _number(days: list[Any], at: Any) -> int:
    day = clock.local_date(at)
    return days.index(day) + 1 if day in days else 1
