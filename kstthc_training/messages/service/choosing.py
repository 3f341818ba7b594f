"""How somebody wants to be told, group by group."""

from collections.abc import Mapping
from datetime import datetime

from kstthc_training.db import db, written_over
from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.kinds import CHOSEN
from kstthc_training.messages.models import MessageChoice
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed


def choose(*, actor: Actor, ways: Mapping[Group, Way], now: datetime) -> None:
    """Be told so from now on; what waits for a digest still comes with it. Raises `NotAllowed` for what is mandatory."""
    if actor.account_id is None or not set(ways) <= set(CHOSEN):
        raise NotAllowed()
    for group, way in ways.items():
        values = {"account_id": actor.account_id, "about": group, "way": way, "changed_at": now}
        db.session.execute(written_over(MessageChoice, values))
