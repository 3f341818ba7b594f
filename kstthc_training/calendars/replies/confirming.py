"""What people who run events decide of an answer that waits for them, and taking back what an answer did."""

from datetime import datetime
from uuid import UUID

from kstthc_training.audit.service import record
from kstthc_training.calendars.replies import queries
from kstthc_training.calendars.replies.applying import Outcome, come_again, stay_away
from kstthc_training.calendars.replies.enums import Did, ReplyReason
from kstthc_training.ical.incoming import AnswerMethod
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.inbox.service import decide
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.service import hold_event
from kstthc_training.scheduling.enums import PartStat
from kstthc_training.scheduling.service import say_hour_stays


def confirm(*, actor: Actor, message_id: int, now: datetime) -> InboxMessage:
    """Take an answer that waits as the person's own, and do what it says to his whole place at the event.

    Raises `NotAllowed`, `Unknown` for one that says neither yes nor no or of nobody known, `AlreadySettled`, and what the
    verbs raise.
    """
    row, person_id, event_id = _held(actor, message_id, MailState.REVIEW)
    partstat, comment = row.facts.get("partstat"), row.facts.get("comment", "")
    if partstat == PartStat.DECLINED:
        outcome = stay_away(actor, event_id, person_id, comment, now=now)
    elif partstat == PartStat.ACCEPTED:
        outcome = come_again(actor, event_id, person_id, now=now)
    else:
        raise Unknown(message_id=message_id)
    return _written(actor, row, ReplyReason.CONFIRMED, outcome, now)


def undo(*, actor: Actor, message_id: int, now: datetime) -> InboxMessage:
    """Take back what an answer did: whoever gave his place back is registered as people who run events register, perhaps
    in the queue; whoever was registered by it is taken back.

    Raises `NotAllowed`, `Unknown` where nothing was done, and what the verbs raise.
    """
    row, person_id, event_id = _held(actor, message_id, MailState.HANDLED)
    if row.facts.get("did") == Did.TOOK_BACK:
        outcome = come_again(actor, event_id, person_id, now=now)
    elif row.facts.get("did") == Did.REGISTERED and (known := queries.registration_of(event_id, person_id)):
        registrations.cancel(actor=actor, registration=known, reason="", now=now)
        outcome = Outcome(ReplyReason.TAKEN_BACK, facts={"registration_id": known.id})
    else:
        raise Unknown(message_id=message_id)
    return _written(actor, row, ReplyReason.UNDONE, Outcome(outcome.reason, facts={**outcome.facts, "did": ""}), now)


def decline_counter(*, actor: Actor, message_id: int, now: datetime) -> InboxMessage:
    """Write to whoever proposed another hour that the session stays as it is.

    Raises `NotAllowed`, `AlreadySettled`, and `Unknown` when it is no proposal, or he does not hold the session any more.
    """
    row, person_id, event_id = _held(actor, message_id, MailState.REVIEW)
    is_counter = row.facts.get("method") == AnswerMethod.COUNTER
    uid = UUID(row.facts["uid"]) if is_counter else None
    if uid is None or not say_hour_stays(event_id=event_id, person_id=person_id, uid=uid, now=now):
        raise Unknown(message_id=message_id)
    decide.settled(row, MailState.HANDLED, ReplyReason.COUNTER_DECLINED, account_id=actor.account_id, now=now)
    record(
        actor=actor, action="inbox.counter_declined", subject_type="event", subject_id=event_id, now=now,
        person_id=person_id,
    )  # fmt: skip
    return row


def _held(actor: Actor, message_id: int, state: MailState) -> tuple[InboxMessage, int, int]:
    if not runs_events(actor):
        raise NotAllowed(message_id=message_id)
    row = decide.held(message_id, state)
    if row.event_id is None or row.person_id is None:
        raise Unknown(message_id=message_id)
    hold_event(row.event_id)
    return row, row.person_id, row.event_id


def _written(actor: Actor, row: InboxMessage, reason: ReplyReason, outcome: Outcome, now: datetime) -> InboxMessage:
    facts = {**outcome.facts, "outcome": outcome.reason}
    decide.settled(row, MailState.HANDLED, reason, facts=facts, account_id=actor.account_id, now=now)
    record(
        actor=actor,
        action="inbox.confirmed" if reason is ReplyReason.CONFIRMED else "inbox.undone",
        subject_type="event", subject_id=row.event_id, now=now, person_id=row.person_id, outcome=outcome.reason,
    )  # fmt: skip
    return row
