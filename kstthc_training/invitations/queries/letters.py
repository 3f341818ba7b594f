"""How the letters about the invitations of an event fared, read from the outbox."""

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.invitations.enums import LetterState
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message

_BEST_FIRST = (
    (MessageState.SENT, LetterState.SENT),
    (MessageState.WAITING, LetterState.WAITING),
    (MessageState.HELD, LetterState.WAITING),
    (MessageState.BOUNCED, LetterState.BOUNCED),
    (MessageState.FAILED, LetterState.FAILED),
    (MessageState.DISCARDED, LetterState.FAILED),
)


def letters_at(event_id: int) -> dict[int, LetterState]:
    """How the last round of letters of each invitation fared, by invitation: one statement.

    Letters of one round are written at one instant; one that arrived is enough.
    """
    rounds: dict[int, list[MessageState]] = {}
    at: dict[int, object] = {}
    rows = db.session.execute(
        select(Message.link_id, Message.created_at, Message.state)
        .where(Message.event_id == event_id, Message.link_purpose == INVITATION_PURPOSE)
        .order_by(Message.created_at, Message.id)
    )
    for invitation_id, created_at, state in rows:
        if invitation_id is None:
            continue
        if at.get(invitation_id) != created_at:
            at[invitation_id], rounds[invitation_id] = created_at, []
        rounds[invitation_id].append(state)
    return {
        invitation_id: next(said for state, said in _BEST_FIRST if state in states)
        for invitation_id, states in rounds.items()
    }
