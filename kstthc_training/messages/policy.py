"""Who may see which letters."""

from sqlalchemy import ColumnElement, or_, true

from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import administers

# Letters that open accounts or speak of somebody's own data; nobody who only runs events reads them.
PRIVATE_KINDS = ("account.", "privacy.")


def is_private(kind: str) -> bool:
    """Whether a letter of this kind is shown to administrators only."""
    return kind.startswith(PRIVATE_KINDS)


def not_private() -> ColumnElement[bool]:
    """The condition that a letter is one that whoever runs events may see."""
    return ~or_(*(Message.kind.startswith(prefix, autoescape=True) for prefix in PRIVATE_KINDS))


def letters_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a letter is one of those that `actor`, who runs events or administers, may see."""
    return true() if administers(actor) else not_private()


def may_see(actor: Actor, letter: Message) -> bool:
    """Whether `actor`, who runs events or administers, may read this letter."""
    return administers(actor) or not is_private(letter.kind)
