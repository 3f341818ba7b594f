"""Deciding what becomes of a letter, in one unit of work with whatever it changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kstthc_training.db import db
from kstthc_training.inbox.classifying import Classified, classified
from kstthc_training.inbox.enums import MailKind, MailState, Why
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.inbox.origin import origin_of
from kstthc_training.inbox.queries import came_before, letter_answered, new_one
from kstthc_training.inbox.reading import Mail, read
from kstthc_training.inbox.wiring import CalendarLetter, InboxWiring, Verdict
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import note_bounced

_MOST_TRIES = 3
_NOTED = {
    MailKind.DELAYED: Why.STILL_ON_ITS_WAY,
    MailKind.DELIVERED: Why.ARRIVED,
    MailKind.AUTOMATIC: Why.WRITTEN_BY_MACHINE,
}


def settle(*, message_id: int, wiring: InboxWiring, authserv_id: str, now: datetime) -> None:
    """Settle a new letter; one that another worker holds, or settled, is left alone."""
    row = new_one(message_id)
    if row is None or row.raw is None:
        return
    mail = read(row.raw, is_cut=row.is_cut)
    what = classified(mail)
    verdict = _verdict(row, mail, what, wiring, authserv_id, now)
    write_verdict(row, verdict, now=now)


def count_failure(*, message_id: int, now: datetime) -> None:
    """A letter could not be settled; after the third time somebody must look."""
    row = new_one(message_id)
    if row is None:
        return
    row.tries += 1
    if row.tries >= _MOST_TRIES:
        write_verdict(row, Verdict(state=MailState.REVIEW, reason=Why.FAULT), now=now)
    db.session.flush()


def write_verdict(row: InboxMessage, verdict: Verdict, *, now: datetime, account_id: int | None = None) -> None:
    """Keep what became of a letter, and by whom if by somebody."""
    row.state, row.reason = verdict.state, verdict.reason
    row.facts = {**row.facts, **verdict.facts}
    row.event_id = verdict.event_id or row.event_id
    row.person_id = verdict.person_id or row.person_id
    row.settled_at, row.settled_by_id = now, account_id
    db.session.flush()


def _verdict(
    row: InboxMessage, mail: Mail, what: Classified, wiring: InboxWiring, authserv_id: str, now: datetime
) -> Verdict:
    if came_before(row):
        return Verdict(state=MailState.IGNORED, reason=Why.SAME_AGAIN)
    if what.kind is MailKind.BOUNCE:
        return _bounced(what, now)
    if what.kind is MailKind.CALENDAR:
        return _calendar(row, mail, what, wiring, authserv_id, now)
    if mail.message_id and letter_answered([mail.message_id]):
        row.kind = MailKind.OWN
        return Verdict(state=MailState.IGNORED, reason=Why.CAME_BACK)
    return _about_letter(mail, _written(mail, what))


def _bounced(what: Classified, now: datetime) -> Verdict:
    assert what.report is not None  # noqa: S101 - what makes it a bounce
    report = what.report
    facts = {"recipient": report.recipient, "said": report.reason}
    for name in report.message_ids:
        if note_bounced(message_id=name, reason=report.reason, at=now, recipient=report.recipient):
            return _noted(letter_answered([name]), facts)
    if report.message_ids:
        return Verdict(state=MailState.IGNORED, reason=Why.NOT_OUR_LETTER, facts=facts)
    return Verdict(state=MailState.REVIEW, reason=Why.NO_LETTER_NAMED, facts=facts)


def _noted(letter: Message | None, facts: dict[str, Any]) -> Verdict:
    """A report of an earlier try, or of an address that the letter was handed on to, changes no letter: people look."""
    if letter is None:
        return Verdict(state=MailState.REVIEW, reason=Why.NO_LETTER_NAMED, facts=facts)
    has_bounced = letter.state is MessageState.BOUNCED
    return Verdict(
        state=MailState.HANDLED if has_bounced else MailState.REVIEW,
        reason=Why.LETTER_BOUNCED if has_bounced else Why.BOUNCED_ELSEWHERE,
        facts={**facts, "letter_id": letter.id},
        event_id=letter.event_id,
        person_id=letter.person_id,
    )


def _calendar(
    row: InboxMessage, mail: Mail, what: Classified, wiring: InboxWiring, authserv_id: str, now: datetime
) -> Verdict:
    if mail.is_cut:
        return Verdict(state=MailState.REVIEW, reason=Why.TOO_LARGE)
    letter = CalendarLetter(
        row_id=row.id,
        mail=mail,
        calendar=what.calendar,
        origin=origin_of(mail, authserv_id=authserv_id),
        by_machine=bool(what.sign),
    )
    return wiring.calendar(letter, now)


def _written(mail: Mail, what: Classified) -> Verdict:
    facts: Mapping[str, Any] = {"sign": what.sign} if what.sign else {}
    if what.report is not None:
        facts = {**facts, "recipient": what.report.recipient, "said": what.report.reason}
    if why := _NOTED.get(what.kind):
        return Verdict(state=MailState.HANDLED, reason=why, facts=facts)
    why = Why.IN_WINMAIL if what.in_winmail else Why.INVITES_US if what.asks_us else Why.WRITTEN_BY_SOMEBODY
    return Verdict(state=MailState.REVIEW, reason=why, facts=facts)


def _about_letter(mail: Mail, verdict: Verdict) -> Verdict:
    """The same with what and whom the letter of ours was about that this one answers or reports on."""
    letter = letter_answered(mail.answers)
    if letter is None:
        return verdict
    is_theirs = letter.recipient.lower() == mail.sender.lower()
    facts = {**verdict.facts, "letter_id": letter.id}
    return replace(verdict, facts=facts, event_id=letter.event_id, person_id=letter.person_id if is_theirs else None)
