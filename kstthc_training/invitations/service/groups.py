"""Groups of organisations that are invited together."""

from collections.abc import Mapping
from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.invitations.errors import GroupKnown, NobodyChosen
from kstthc_training.invitations.models import InviteeGroup, InviteeGroupMember
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed


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
    for organisation_id, each in places.items():
        db.session.add(InviteeGroupMember(group_id=group_id, organisation_id=organisation_id, places=each))
    record(
        actor=actor, action="invitees.group_saved", subject_type="invitee_group", subject_id=group_id, now=now,
        name=name, new=len(places),
    )  # fmt: skip
    db.session.flush()
    return group_id
