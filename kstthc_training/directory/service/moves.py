"""What invitations say of themselves when they went over to somebody else, or were united with another."""

from collections.abc import Collection
from datetime import datetime

from kstthc_training.db import db
from kstthc_training.directory.changes import Change
from kstthc_training.invitations.enums import InvitationAct
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.people.actors import Actor

_TOLD = ("organisation_id", "person_id", "merged_into_id")


def note_moves(actor: Actor, changes: Collection[Change], now: datetime, **told: str) -> None:
    """Each invitation that went over, or was united with another, says so in its own history."""
    for change in changes:
        if change.table == Invitation.__tablename__ and change.after:
            facts = {name: change.after[name] for name in _TOLD if name in change.after} | told
            db.session.add(
                InvitationStep(
                    invitation_id=change.key["id"], at=now, account_id=actor.account_id, act=InvitationAct.MOVED, facts=facts
                )
            )
    db.session.flush()
