"""Who may end which hold."""

from kstthc_training.outbox.models import Hold
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import administers


def may_let_go(actor: Actor, hold: Hold) -> bool:
    """A hold that operators set, after a restore for example, is ended by administrators; one of a page by anyone there."""
    return hold.account_id is not None or administers(actor)
