"""Groups of organisations that are invited together."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.invitations.errors import GroupKnown, NobodyChosen
from kstthc_training.invitations.models import InviteeGroup, InviteeGroupMember
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Stale, Unknown


def save_group(*, actor: Actor, name: str, places: Mapping[int, int], now: datetime) -> int:
    """Keep organisations (with the places of each) as a group under a name, which none has yet; the answer is its number.

    Raises `NotAllowed`, `NobodyChosen`, `GroupKnown`.
    """
    if not runs_events(actor):
        raise NotAllowed
    if not places:
        raise NobodyChosen
    values = {"name": name, "made_at": now, "made_by_id": actor.account_id, "version": 1}
    group_id = db.session.execute(added_once(InviteeGroup, values).returning(InviteeGroup.id)).scalar_one_or_none()
    if group_id is None:
        raise GroupKnown(name=name)
    _put_members(group_id, places)
    record(
        actor=actor, action="invitees.group_saved", subject_type="invitee_group", subject_id=group_id, now=now,
        name=name, new=len(places),
    )  # fmt: skip
    db.session.flush()
    return group_id


def change_group(*, actor: Actor, group_id: int, name: str, places: Mapping[int, int], version: int, now: datetime) -> None:
    """Let a group have this name and these organisations with the places of each, if `version` is still its own.

    Invitations that were made by it stay as they are. Raises `NotAllowed`, `NobodyChosen`, `GroupKnown`, `Stale`, `Unknown`.
    """
    if not runs_events(actor):
        raise NotAllowed
    if not places:
        raise NobodyChosen
    _claim(group_id, version, name)
    before = {row.organisation_id: row.places for row in db.session.scalars(_members(group_id))}
    if before != dict(places):
        db.session.execute(delete(InviteeGroupMember).where(InviteeGroupMember.group_id == group_id))
        _put_members(group_id, places)
    record(
        actor=actor, action="invitees.group_changed", subject_type="invitee_group", subject_id=group_id, now=now,
        name=name, new=len(set(places) - set(before)), gone=len(set(before) - set(places)),
    )  # fmt: skip
    db.session.flush()


def delete_group(*, actor: Actor, group_id: int, version: int, now: datetime) -> str:
    """Put a group away, if `version` is still its own; the answer is its name. Invitations that were made by it stay.

    Raises `NotAllowed`, `Stale`, `Unknown`.
    """
    if not runs_events(actor):
        raise NotAllowed
    name = _claim(group_id, version)
    db.session.execute(delete(InviteeGroupMember).where(InviteeGroupMember.group_id == group_id))
    db.session.execute(delete(InviteeGroup).where(InviteeGroup.id == group_id))
    record(
        actor=actor, action="invitees.group_deleted", subject_type="invitee_group", subject_id=group_id, now=now, name=name
    )
    return name


def _claim(group_id: int, version: int, name: str | None = None) -> str:
    """Hold a group of a version against others, with a new name if one is given; the answer is its name."""
    values = {"version": version + 1} | ({"name": name} if name is not None else {})
    mine = (InviteeGroup.id == group_id) & (InviteeGroup.version == version)
    held = update(InviteeGroup).where(mine).values(**values).returning(InviteeGroup.name)
    try:
        claimed = db.session.scalar(held.execution_options(synchronize_session=False))
    except IntegrityError as error:
        raise GroupKnown(name=name) from error
    if claimed is None:
        saved = db.session.scalar(select(InviteeGroup.version).where(InviteeGroup.id == group_id))
        raise Unknown(group_id=group_id) if saved is None else Stale(saved_version=saved)
    return claimed


def _members(group_id: int) -> Select[InviteeGroupMember]:
    return select(InviteeGroupMember).where(InviteeGroupMember.group_id == group_id)


def _put_members(group_id: int, places: Mapping[int, int]) -> None:
    rows = [{"group_id": group_id, "organisation_id": body, "places": each} for body, each in places.items()]
    db.session.execute(insert(InviteeGroupMember), rows)
