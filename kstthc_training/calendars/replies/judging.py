"""Whether an answer is one: whose, to which entry, and to which version of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kstthc_training.calendars.replies import queries
from kstthc_training.calendars.replies.enums import ReplyReason
from kstthc_training.ical.incoming import IncomingAnswer
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.origin import Origin
from kstthc_training.inbox.wiring import CalendarLetter
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarSending


@dataclass(frozen=True)
class Objection:
    """What speaks against acting on an answer, whether people must look at it, and whom it may be about."""

    reason: ReplyReason
    state: MailState = MailState.REVIEW
    person_id: int | None = None


def found_sending(letter: CalendarLetter, answer: IncomingAnswer) -> CalendarSending | Objection:
    """The row of whoever answers, if the answer is his: addressed as he was, sent from there, not found forged."""
    sender = letter.mail.sender.lower()
    sending = queries.asked_at(answer.uid, answer.attendee)
    if sending is None:
        perhaps = queries.asked_at(answer.uid, sender)
        return Objection(ReplyReason.NOT_INVITED, person_id=perhaps.person_id if perhaps else None)
    if sender != answer.attendee:
        return Objection(ReplyReason.OTHER_SENDER, person_id=sending.person_id)
    if letter.origin is Origin.FORGED:
        return Objection(ReplyReason.FORGED, person_id=sending.person_id)
    return sending


def objection_to(sending: CalendarSending, answer: IncomingAnswer) -> Objection | None:
    """Why a proved answer says nothing: it was given before, or to another version than was sent last (RFC 5546, 2.1.5)."""
    person_id = sending.person_id
    if _stands(sending) > (answer.sequence, answer.stamped_at):
        return Objection(ReplyReason.NEWER_ANSWER_TAKEN, MailState.IGNORED, person_id)
    if _stands(sending) == (answer.sequence, answer.stamped_at) and sending.partstat == answer.partstat:
        return Objection(ReplyReason.SAME_ANSWER, MailState.IGNORED, person_id)
    if sending.method is Method.CANCEL:
        says_no = answer.partstat == PartStat.DECLINED
        return Objection(ReplyReason.NO_LONGER_ASKED, MailState.IGNORED if says_no else MailState.REVIEW, person_id)
    sent = sending.sequence if sending.sequence is not None else -1
    if answer.sequence != sent:
        reason = ReplyReason.OLD_VERSION if answer.sequence < sent else ReplyReason.MADE_UP_VERSION
        return Objection(reason, person_id=person_id)
    return None


def note_answer(sending: CalendarSending, answer: IncomingAnswer) -> None:
    """Keep what he answered, and to which version."""
    sending.partstat = PartStat(answer.partstat)
    sending.reply_sequence, sending.reply_stamped_at = answer.sequence, answer.stamped_at


def _stands(sending: CalendarSending) -> tuple[int, datetime]:
    """The version and the hour of the answer that was taken last."""
    at = sending.reply_stamped_at
    return (sending.reply_sequence or 0, at) if at is not None else (-1, datetime.min.replace(tzinfo=UTC))
