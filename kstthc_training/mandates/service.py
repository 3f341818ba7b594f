"""Ordering a training, listing who must attend it, exempting by document, and saying which events count."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.mandates.errors import DocumentMissing, NobodyChosen
from kstthc_training.mandates.models import Mandate, MandateEvent, MandatePerson
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.refusals import Stale, Unknown
from kstthc_training.text import search_text


@dataclass(frozen=True, kw_only=True)
class MandateDraft:
    """What is said of a mandatory training."""

    name: str
    document: str
    topic_id: int | None
    due_on: date


def order_training(*, actor: Actor, draft: MandateDraft, now: datetime) -> Mandate:
    """A new mandatory training, as yet of nobody."""
    mandate = Mandate(**asdict(draft), search_text=_searched(draft), made_at=now, made_by_id=actor.account_id)
    db.session.add(mandate)
    db.session.flush()
    record(
        actor=actor, action="mandate.added", subject_type="mandate", subject_id=mandate.id, now=now,
        due_on=draft.due_on.isoformat(),
    )  # fmt: skip
    return mandate


def change_training(*, actor: Actor, mandate_id: int, draft: MandateDraft, version: int, now: datetime) -> None:
    """Say a mandatory training anew, if `version` is still the one in the database, else `Stale`."""
    mandate = _held(mandate_id)
    if mandate.version != version:
        raise Stale(saved_version=mandate.version)
    before = {"name": mandate.name, "due_on": mandate.due_on.isoformat()}
    for name, value in asdict(draft).items():
        setattr(mandate, name, value)
    mandate.search_text = _searched(draft)
    mandate.version += 1
    db.session.flush()
    after = {"name": mandate.name, "due_on": mandate.due_on.isoformat()}
    record(
        actor=actor, action="mandate.changed", subject_type="mandate", subject_id=mandate_id, now=now,
        changes={name: (before[name], value) for name, value in after.items() if before[name] != value},
    )  # fmt: skip


def withdraw_training(*, actor: Actor, mandate_id: int, now: datetime) -> None:
    """Ask it of nobody any more; who was listed and what was done stays."""
    mandate = _held(mandate_id)
    if mandate.withdrawn_at is None:
        mandate.withdrawn_at = now
        record(
            actor=actor, action="mandate.withdrawn", subject_type="mandate", subject_id=mandate_id, now=now,
        )  # fmt: skip


def restore_training(*, actor: Actor, mandate_id: int, now: datetime) -> None:
    """Ask it again, as it was."""
    mandate = _held(mandate_id)
    if mandate.withdrawn_at is not None:
        mandate.withdrawn_at = None
        record(
            actor=actor, action="mandate.restored", subject_type="mandate", subject_id=mandate_id, now=now,
        )  # fmt: skip


def list_people(*, actor: Actor, mandate_id: int, person_ids: Collection[int], now: datetime) -> int:
    """Put people on the list; how many were not on it yet. Whoever is on it already stays as he was."""
    _held(mandate_id)
    known = _existing(Person.id, person_ids)
    values = {"mandate_id": mandate_id, "added_at": now, "added_by_id": actor.account_id, "exempt_document": ""}
    added = [person_id for person_id in known if _is_new(values | {"person_id": person_id})]
    if added:
        record(
            actor=actor, action="mandate.people_added", subject_type="mandate", subject_id=mandate_id, now=now,
            people=added,
        )  # fmt: skip
    return len(added)


def unlist_people(*, actor: Actor, mandate_id: int, person_ids: Collection[int], now: datetime) -> list[int]:
    """Take people off the list; who they were."""
    _held(mandate_id)
    listed = _listed(mandate_id, person_ids)
    theirs = delete(MandatePerson).where(MandatePerson.mandate_id == mandate_id, MandatePerson.person_id.in_(listed))
    db.session.execute(theirs)
    record(
        actor=actor, action="mandate.people_dropped", subject_type="mandate", subject_id=mandate_id, now=now,
        people=listed,
    )  # fmt: skip
    return listed


def exempt_people(*, actor: Actor, mandate_id: int, person_ids: Collection[int], document: str, now: datetime) -> list[int]:
    """Free listed people from a training by a document, which must be named; who they were."""
    if not document:
        raise DocumentMissing()
    _held(mandate_id)
    listed = _listed(mandate_id, person_ids)
    _exempt(mandate_id, listed, exempt_document=document, exempt_at=now, exempt_by_id=actor.account_id)
    record(
        actor=actor, action="mandate.exempted", subject_type="mandate", subject_id=mandate_id, now=now,
        people=listed, document=document,
    )  # fmt: skip
    return listed


def lift_exemption(*, actor: Actor, mandate_id: int, person_ids: Collection[int], now: datetime) -> list[int]:
    """Ask the training again of people who were exempt; who they were."""
    _held(mandate_id)
    listed = _listed(mandate_id, person_ids)
    _exempt(mandate_id, listed, exempt_document="", exempt_at=None, exempt_by_id=None)
    record(
        actor=actor, action="mandate.exemption_lifted", subject_type="mandate", subject_id=mandate_id, now=now,
        people=listed,
    )  # fmt: skip
    return listed


def count_event(*, actor: Actor, mandate_id: int, event_id: int, now: datetime) -> None:
    """From now on an event counts as the training; `Unknown` for one that was cancelled or discarded."""
    _held(mandate_id)
    title = db.session.scalar(
        select(Event.title).where(Event.id == event_id, Event.discarded_at.is_(None), Event.state != EventState.CANCELLED)
    )
    if title is None:
        raise Unknown(event_id=event_id)
    added = added_once(MandateEvent, {"mandate_id": mandate_id, "event_id": event_id}).returning(MandateEvent.event_id)
    if db.session.scalar(added) is not None:
        record(
            actor=actor, action="mandate.event_added", subject_type="mandate", subject_id=mandate_id, now=now,
            event=title,
        )  # fmt: skip


def leave_event(*, actor: Actor, mandate_id: int, event_id: int, now: datetime) -> None:
    """An event counts as the training no more: who attended it alone has it to do again."""
    _held(mandate_id)
    theirs = delete(MandateEvent).where(MandateEvent.mandate_id == mandate_id, MandateEvent.event_id == event_id)
    if db.session.scalar(theirs.returning(MandateEvent.event_id)) is not None:
        title = db.session.scalar(select(Event.title).where(Event.id == event_id))
        record(
            actor=actor, action="mandate.event_dropped", subject_type="mandate", subject_id=mandate_id, now=now,
            event=title,
        )  # fmt: skip


def _held(mandate_id: int) -> Mandate:
    """The mandatory training, held against others until this act ends."""
    newest = select(Mandate).where(Mandate.id == mandate_id).with_for_update()
    mandate = db.session.scalar(newest, execution_options={"populate_existing": True})
    if mandate is None:
        raise Unknown(mandate_id=mandate_id)
    return mandate


def _existing(key: Any, ids: Collection[int]) -> list[int]:
    if not ids:
        raise NobodyChosen()
    return list(db.session.scalars(select(key).where(key.in_(set(ids))).order_by(key)))


def _is_new(values: dict[str, Any]) -> bool:
    return db.session.scalar(added_once(MandatePerson, values).returning(MandatePerson.person_id)) is not None


def _listed(mandate_id: int, person_ids: Collection[int]) -> list[int]:
    statement = select(MandatePerson.person_id).where(
        MandatePerson.mandate_id == mandate_id, MandatePerson.person_id.in_(set(person_ids))
    )
    listed = list(db.session.scalars(statement.order_by(MandatePerson.person_id)))
    if not listed:
        raise NobodyChosen()
    return listed


def _exempt(mandate_id: int, person_ids: Collection[int], **values: Any) -> None:
    theirs = update(MandatePerson).where(MandatePerson.mandate_id == mandate_id, MandatePerson.person_id.in_(person_ids))
    db.session.execute(theirs.values(**values), execution_options={"synchronize_session": False})


def _searched(draft: MandateDraft) -> str:
    return search_text(draft.name, draft.document)
