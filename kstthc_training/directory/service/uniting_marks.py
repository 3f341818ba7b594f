"""Marks of united registrations: added, never changed; each keeps how, when and by whom the thing was seen."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import insert, select

from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.db import db, written_over
from kstthc_training.directory.uniting.marks import NewMark
from kstthc_training.people.actors import Actor

_SEEN = ("status", "method", "at", "account_id")


def add_marks(act_id: int, marks: Iterable[NewMark]) -> list[dict[str, object]]:
    """Add what holds after the uniting; the answer names each new mark and the one that held before.

    The nonce tells of which act and of which mark it comes.
    """
    added: list[dict[str, object]] = []
    for each in marks:
        origin = each.origin or each.before
        assert origin is not None  # noqa: S101 - a new mark says something or takes something back
        seen = {name: getattr(origin, name) for name in _SEEN}
        if each.origin is None:
            seen |= {"status": MarkStatus.NONE, "method": MarkMethod.UNDO}
        nonce = f"united:{act_id}:{each.session_id}-{each.registration_id}:{origin.id}"
        mark_id = _added(each.session_id, each.registration_id, nonce, seen)
        before = each.before.id if each.before else None
        key = {"session_id": each.session_id, "registration_id": each.registration_id}
        added.append({**key, "mark_id": mark_id, "before_id": before})
    return added


def take_marks_back(actor: Actor, act_id: int, marks: Iterable[Mapping[str, object]], now: datetime) -> None:
    """Let what held before the uniting hold again, by further marks."""
    for each in marks:
        session_id, registration_id = int(str(each["session_id"])), int(str(each["registration_id"]))
        before = db.session.scalar(select(Mark).where(Mark.id == each["before_id"]))
        seen: dict[str, object] = {
            "status": MarkStatus.NONE, "method": MarkMethod.UNDO, "at": now, "account_id": actor.account_id,
        }  # fmt: skip
        if before is not None:
            seen = {name: getattr(before, name) for name in _SEEN}
        _added(session_id, registration_id, f"parted:{act_id}:{session_id}-{registration_id}", seen)


def _added(session_id: int, registration_id: int, nonce: str, seen: Mapping[str, object]) -> int:
    key = {"session_id": session_id, "registration_id": registration_id}
    mark_id = db.session.execute(insert(Mark).values(nonce=nonce, **key, **seen).returning(Mark.id)).scalar_one()
    db.session.execute(written_over(Presence, {**key, "status": seen["status"], "mark_id": mark_id}))
    return mark_id
