"""What an entry says of a session, in no language, and what changed between two of them in words."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training import clock
from kstthc_training.events.enums import EventMode
from kstthc_training.events.models import Event, Session
from kstthc_training.scheduling.policy import CALLED_OFF
from kstthc_training.scheduling.wording import CHANGES, WAYS, WORDS

Facts = Mapping[str, Any]
_WITHOUT_VALUES = ("description",)
_UNSAID = ("status",)  # the letter says it anyway
_UNNAMED = re.compile(r"\d+/\d+")


def facts_of(event: Event, session: Session) -> dict[str, Any]:
    """All that people see of a session, as JSON; `event` comes with kind, venue, host and sessions."""
    room = event.venue if event.mode is not EventMode.ONLINE else None
    return {
        "title": event.title,
        "session": session.name or (f"{session.position + 1}/{len(event.sessions)}" if len(event.sessions) > 1 else ""),
        "starts": session.starts_at.isoformat(),
        "ends": session.ends_at.isoformat(),
        "place": ", ".join(part for part in (room.name, room.address) if part) if room else "",
        "mode": event.mode.value,
        "online": event.online_url,
        "chair": event.chair,
        "contact": ", ".join(part for part in (event.contact_name, event.contact_phone) if part),
        "audience": event.audience_note,
        "description": event.description,
        "kind": event.kind.name_vi,
        "host": event.host.name if event.host else "",
        "status": event.state.value if event.state in CALLED_OFF else "",
    }


def session_words(facts: Facts, *, locale: str) -> str:
    """What a session is called: its own name as it stands, else its place among the others (`buổi 1/2`)."""
    name = str(facts["session"])
    return WORDS[locale]["session"] % name if _UNNAMED.fullmatch(name) else name


def digest_of(facts: Facts) -> str:
    """The name under which a content is kept."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


def changes(before: Facts, after: Facts, *, locale: str) -> str:
    """What changed, each with its value before and after: `Giờ bắt đầu: 08:00 → 07:30; Địa điểm: …`."""
    words = CHANGES[locale]
    parts = []
    for name, value in after.items():
        if name in _UNSAID or before.get(name) == value:
            continue
        if name in _WITHOUT_VALUES:
            parts.append(words["edited"] % {"what": words[name]})
        else:
            was, now = _shown(name, before, after, locale)
            parts.append(words["changed"] % {"what": words[name], "before": was, "after": now})
    return "; ".join(parts)


def _shown(name: str, before: Facts, after: Facts, locale: str) -> tuple[str, str]:
    if name in ("starts", "ends"):
        return _instants(before[name], after[name])
    words = CHANGES[locale]
    pair = [str(each.get(name, "")) for each in (before, after)]
    if name == "mode":
        pair = [WAYS[locale][each] for each in pair]
    return pair[0] or words["none"], pair[1] or words["none"]


def _instants(before: str, after: str) -> tuple[str, str]:
    """The hours alone when the day is the same."""
    was, now = (clock.local(datetime.fromisoformat(each)) for each in (before, after))
    if was.date() == now.date():
        return f"{was:%H:%M}", f"{now:%H:%M}"
    return f"{was:%H:%M %d/%m/%Y}", f"{now:%H:%M %d/%m/%Y}"
