"""Keeping and dropping ways to look at the list of those registered."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select

from kstthc_training.db import db, written_over
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.errors import TooManyViews
from kstthc_training.registrations.models import RegistrationView

MOST_VIEWS = 20


def save_view(*, actor: Actor, name: str, asked: Mapping[str, str], is_shared: bool, now: datetime) -> None:
    """Keep a view under a name; one that the account keeps under the same name is replaced.

    Raises `NotAllowed`, `TooManyViews`.
    """
    if actor.account_id is None or not runs_events(actor):
        raise NotAllowed
    others = select(func.count()).where(RegistrationView.account_id == actor.account_id, RegistrationView.name != name)
    if (db.session.scalar(others) or 0) >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    values = {"account_id": actor.account_id, "name": name, "asked": dict(asked), "is_shared": is_shared, "saved_at": now}
    db.session.execute(written_over(RegistrationView, values))


def drop_view(*, actor: Actor, name: str) -> None:
    """Drop a view of one's own; raises `Unknown`."""
    own = (RegistrationView.account_id == actor.account_id, RegistrationView.name == name)
    if db.session.scalar(delete(RegistrationView).where(*own).returning(RegistrationView.name)) is None:
        raise Unknown(name=name)
