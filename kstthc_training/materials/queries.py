"""The papers of an event as their readers and as its organizers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.materials import policy
from kstthc_training.materials.errors import ForRegistered, NotYet
from kstthc_training.materials.models import Download, Material
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True)
class Paper:
    """A material with what holds for the reader: whether its hour has come and whether it is meant for him."""

    material: Material
    downloads: int
    is_available: bool
    is_meant: bool

    @property
    def ending(self) -> str:
        """The file's ending without the dot, for its badge."""
        return PurePosixPath(self.material.file.name).suffix.lstrip(".") or "tệp"


def papers_of(event: Event, *, actor: Actor, now: datetime) -> Sequence[Paper]:
    """The papers of an event that were not withdrawn, in order: two statements."""
    counts = select(func.count()).select_from(Download).where(Download.material_id == Material.id)
    statement = (
        select(Material, counts.correlate(Material).scalar_subquery())
        .where(Material.event_id == event.id, Material.withdrawn_at.is_(None))
        .options(joinedload(Material.file))
        .order_by(Material.position, Material.id)
    )
    rows = db.session.execute(statement).all()
    may_open_all = runs_events(actor) or _is_registered(event.id, actor)
    return [
        Paper(
            material,
            downloads,
            is_available=policy.is_available(material, now),
            is_meant=policy.is_meant_for(material, is_registered=may_open_all),
        )
        for material, downloads in rows
    ]


def get_material(*, event: Event, material_id: int) -> Material:
    """A material of this very event, not withdrawn; `Unknown` otherwise."""
    statement = (
        select(Material)
        .where(Material.id == material_id, Material.event_id == event.id, Material.withdrawn_at.is_(None))
        .options(joinedload(Material.file))
    )
    material = db.session.scalar(statement)
    if material is None:
        raise Unknown(material_id=material_id)
    return material


def get_readable_material(*, actor: Actor, event: Event, material_id: int, now: datetime) -> Material:
    """A material the actor may open now; `ForRegistered` or `NotYet` when it is known but closed to him."""
    material = get_material(event=event, material_id=material_id)
    if runs_events(actor):
        return material
    if not policy.is_meant_for(material, is_registered=_is_registered(event.id, actor)):
        raise ForRegistered(material_id=material_id)
    if not policy.is_available(material, now):
        raise NotYet(available_at=material.available_at)
    return material


def _is_registered(event_id: int, actor: Actor) -> bool:
    statement = select(Registration.id).where(
        Registration.event_id == event_id,
        Registration.person_id == (actor.person_id or 0),
        Registration.state == RegistrationState.CONFIRMED,
    )
    return db.session.scalar(statement) is not None
