"""An event as plain values, for saying what changed: in the audit log, and to somebody whose edit came too late."""

from datetime import datetime
from typing import Any

from kstthc_training.events.models import Event
from kstthc_training.text import masked_phone

_PLAIN = (
    "title", "audience_note", "description", "online_url", "chair", "contact_name", "contact_phone", "capacity",
    "state_reason",
)  # fmt: skip
_WORDS = ("mode", "audience", "attendance_rule", "state")
_INSTANTS = ("registration_opens_at", "registration_closes_at")

Change = tuple[Any, Any]


def snapshot(event: Event) -> dict[str, Any]:
    """Field by field, as JSON values; `event` comes from `events.queries.load_whole`."""
    values: dict[str, Any] = {name: getattr(event, name) for name in _PLAIN}
    values |= {name: getattr(event, name).value for name in _WORDS}
    values |= {name: _instant(getattr(event, name)) for name in _INSTANTS}
    values["kind"] = event.kind.name_vi
    values["venue"] = event.venue.name if event.venue else None
    values["host"] = event.host.name if event.host else None
    values["plan_item"] = event.plan_item.code if event.plan_item else None
    values["topics"] = [topic.code for topic in event.topics]
    values["door_staff"] = sorted(row.person_id for row in event.door_staff)
    values["sessions"] = [
        {"name": s.name, "starts_at": _instant(s.starts_at), "ends_at": _instant(s.ends_at)} for s in event.sessions
    ]
    values["agenda"] = [
        {"starts_at": _instant(a.starts_at), "ends_at": _instant(a.ends_at), "title": a.title, "speakers": a.speakers}
        for a in event.agenda_items
    ]
    return values


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Change]:
    """The fields that differ, each with its value before and after."""
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def recorded(changed: dict[str, Change]) -> dict[str, Change]:
    """The same for the log, which is never erased: phone numbers only so far that one is told from another."""
    phones = changed.get("contact_phone")
    if phones is None:
        return changed
    return {**changed, "contact_phone": (masked_phone(phones[0]), masked_phone(phones[1]))}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
