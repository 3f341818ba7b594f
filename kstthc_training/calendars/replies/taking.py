"""An answer as it comes: judged, applied and kept, in the unit of work in which its letter is settled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kstthc_training.audit.service import record
from kstthc_training.audit.words import BY_MAIL
from kstthc_training.calendars.replies import queries
from kstthc_training.calendars.replies.applying import Outcome, apply
from kstthc_training.calendars.replies.enums import ReplyReason
from kstthc_training.calendars.replies.judging import Objection, found_sending, note_answer, objection_to
from kstthc_training.db import db
from kstthc_training.ical.incoming import AnswerMethod, IncomingAnswer, NotAnAnswer, read_answer
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.wiring import CalendarLetter, Verdict
from kstthc_training.people.actors import Actor
from kstthc_training.registrations.service import hold_event
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.service import send_anew

_MAY_ASK_ANEW_EVERY = timedelta(hours=1)
_ANSWERED = (PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE, PartStat.DELEGATED)


def take_answer(letter: CalendarLetter, now: datetime) -> Verdict:
    """What becomes of an answer: acted on when it is proved to be the invitee's last word on what he was sent last, else
    shown to people with the reason, having changed nothing."""
    try:
        answer = read_answer(letter.calendar)
    except NotAnAnswer as refusal:
        return _verdict(Outcome(ReplyReason.MALFORMED, MailState.REVIEW, {"fault": refusal.fault}))
    facts = _facts_of(answer)
    event_id = queries.event_of(answer.uid)
    if event_id is None:
        return _verdict(Outcome(ReplyReason.UNKNOWN_ENTRY, MailState.REVIEW), facts)
    hold_event(event_id)
    answer = _not_ahead_of_time(answer, now)
    found = found_sending(letter, answer)
    if isinstance(found, Objection):
        return _objected(found, facts, event_id)
    outcome = _settled(letter, found, answer, now)
    if isinstance(outcome, Objection):
        return _objected(outcome, facts, event_id)
    return _verdict(outcome, facts, event_id=event_id, person_id=found.person_id)


def by_mail(person_id: int) -> Actor:
    """Somebody who answers by mail: himself, as far as his own things go, and nobody's account."""
    return Actor(person_id=person_id, display_name=f"{BY_MAIL}{queries.person_of(person_id).full_name}")


def _settled(letter: CalendarLetter, sending: CalendarSending, answer: IncomingAnswer, now: datetime) -> Outcome | Objection:
    if answer.method is AnswerMethod.COUNTER:
        return Outcome(ReplyReason.COUNTERED, MailState.REVIEW)
    if answer.method is AnswerMethod.REFRESH:
        return _refreshed(letter, sending, now)
    if objection := objection_to(sending, answer):
        return objection
    if answer.partstat not in _ANSWERED:
        return Outcome(ReplyReason.NO_ANSWER, MailState.IGNORED)
    return _answered(sending, answer, now)


def _answered(sending: CalendarSending, answer: IncomingAnswer, now: datetime) -> Outcome:
    actor, sending_id = by_mail(sending.person_id), sending.id
    # Kept before the verb, so that what the verb sends next already knows of it.
    note_answer(sending, answer)
    db.session.flush()
    outcome = apply(actor, sending, PartStat(answer.partstat), answer.comment, now=now)
    note_after(queries.sending_of(sending_id), answer)
    record(
        actor=actor, action="calendar.answered", subject_type="event", subject_id=sending.event_id, now=now,
        person_id=sending.person_id, partstat=answer.partstat, outcome=outcome.reason,
    )  # fmt: skip
    return outcome


def note_after(sending: CalendarSending, answer: IncomingAnswer) -> None:
    """The answer stays the last one taken, whatever the verb sent after it."""
    sending.reply_sequence, sending.reply_stamped_at = answer.sequence, answer.stamped_at
    if sending.sequence == answer.sequence:
        sending.partstat = PartStat(answer.partstat)
    db.session.flush()


def _refreshed(letter: CalendarLetter, sending: CalendarSending, now: datetime) -> Outcome:
    """Send the same once more, to people alone and at most once an hour: two programs must not keep each other busy."""
    if letter.by_machine:
        return Outcome(ReplyReason.ASKED_BY_MACHINE, MailState.IGNORED)
    if sending.method is not Method.REQUEST:
        return Outcome(ReplyReason.NO_LONGER_ASKED, MailState.IGNORED)
    if queries.sent_anew_since(now - _MAY_ASK_ANEW_EVERY, person_id=sending.person_id, uid=sending.uid):
        return Outcome(ReplyReason.SENT_JUST_NOW, MailState.IGNORED)
    send_anew(event_id=sending.event_id, person_id=sending.person_id, uid=sending.uid, now=now)
    return Outcome(ReplyReason.SENT_ANEW)


def _not_ahead_of_time(answer: IncomingAnswer, now: datetime) -> IncomingAnswer:
    """A clock that runs years ahead must not make every later answer an old one."""
    stamp = min(answer.stamped_at, now.replace(microsecond=0))
    return answer if stamp == answer.stamped_at else replace(answer, stamped_at=stamp)


def _facts_of(answer: IncomingAnswer) -> dict[str, Any]:
    said = {
        "method": answer.method, "uid": str(answer.uid), "attendee": answer.attendee, "partstat": answer.partstat,
        "sequence": answer.sequence, "stamp": answer.stamped_at.isoformat(), "comment": answer.comment,
    }  # fmt: skip
    if answer.method is AnswerMethod.COUNTER and answer.starts_at and answer.ends_at:
        said |= {"starts": answer.starts_at.isoformat(), "ends": answer.ends_at.isoformat()}
    return said


def _objected(objection: Objection, facts: Mapping[str, Any], event_id: int) -> Verdict:
    return _verdict(Outcome(objection.reason, objection.state), facts, event_id=event_id, person_id=objection.person_id)


def _verdict(
    outcome: Outcome, facts: Mapping[str, Any] = {}, *, event_id: int | None = None, person_id: int | None = None
) -> Verdict:
    return Verdict(
        state=outcome.state,
        reason=outcome.reason,
        facts={**facts, **outcome.facts},
        event_id=event_id,
        person_id=person_id,
    )
