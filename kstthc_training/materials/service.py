"""Giving papers to the people of an event, withdrawing them, and counting who fetched them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.files.store import Kept, enter
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.errors import EmptyFile
from kstthc_training.materials.models import Download, Material
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Stale


@dataclass(frozen=True, kw_only=True)
class MaterialDraft:
    """What is said of a paper when it is given: its name, for whom, and from when on."""

    title: str
    file_name: str
    media_type: str
    audience: MaterialAudience
    available_at: datetime | None


def add_material(*, actor: Actor, event: Event, kept: Kept, draft: MaterialDraft, now: datetime) -> Material:
    """Give a file that lies on disk already to the people of an event, after those given before; `EmptyFile`."""
    if kept.size == 0:
        raise EmptyFile()
    stored = enter(kept, name=draft.file_name, media_type=draft.media_type, now=now)
    db.session.flush()
    material = Material(
        event_id=event.id,
        file_id=stored.id,
        title=draft.title,
        audience=draft.audience,
        available_at=draft.available_at,
        position=_next_position(event.id),
        uploaded_by_id=actor.account_id,
        uploaded_at=now,
    )
    db.session.add(material)
    db.session.flush()
    record(
        actor=actor, action="material.added", subject_type="event", subject_id=event.id, now=now,
        material_id=material.id, title=draft.title, audience=draft.audience, size=kept.size,
    )  # fmt: skip
    return material


def change_material(
    *,
    actor: Actor,
    event: Event,
    material: Material,
    audience: MaterialAudience,
    available_at: datetime | None,
    version: int,
    now: datetime,
) -> None:
    """Say anew for whom a paper is and from when on, if `version` is still the one in the database, else `Stale`."""
    newest = select(Material).where(Material.id == material.id).with_for_update()
    material = db.session.execute(newest, execution_options={"populate_existing": True}).scalar_one()
    if material.version != version:
        raise Stale(saved_version=material.version)
    before = {"audience": material.audience, "available_at": _text(material.available_at)}
    material.audience, material.available_at = audience, available_at
    material.version += 1
    record(
        actor=actor, action="material.changed", subject_type="event", subject_id=event.id, now=now,
        material_id=material.id, title=material.title, before=before,
        after={"audience": audience, "available_at": _text(available_at)},
    )  # fmt: skip


def withdraw_material(*, actor: Actor, event: Event, material: Material, now: datetime) -> None:
    """Take a paper back: nobody finds or fetches it any more, its downloads stay counted."""
    material.withdrawn_at = now
    record(
        actor=actor, action="material.withdrawn", subject_type="event", subject_id=event.id, now=now,
        material_id=material.id, title=material.title,
    )  # fmt: skip


def restore_material(*, actor: Actor, event: Event, material_id: int, now: datetime) -> None:
    """Give a withdrawn paper back, as it was."""
    material = db.session.scalar(select(Material).where(Material.id == material_id, Material.event_id == event.id))
    if material is None or material.withdrawn_at is None:
        return
    material.withdrawn_at = None
    record(
        actor=actor, action="material.restored", subject_type="event", subject_id=event.id, now=now,
        material_id=material.id, title=material.title,
    )  # fmt: skip


def drop_papers(*, event: Event) -> None:
    """Let go of the papers of a discarded draft that nobody ever fetched; the store's daily round takes the bytes away.

    What was fetched stays, since who fetched what is never erased.
    """
    fetched = exists().where(Download.material_id == Material.id)
    dropped = select(Material).where(Material.event_id == event.id, ~fetched).options(joinedload(Material.file))
    for material in db.session.scalars(dropped).all():
        db.session.delete(material)
        db.session.flush()
        db.session.delete(material.file)
    db.session.flush()


def note_download(*, actor: Actor, material_id: int, now: datetime) -> None:
    """Count one fetch."""
    db.session.add(Download(material_id=material_id, account_id=actor.account_id, at=now))


def _next_position(event_id: int) -> int:
    statement = select(func.coalesce(func.max(Material.position), -1) + 1).where(Material.event_id == event_id)
    return db.session.execute(statement).scalar_one()


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
