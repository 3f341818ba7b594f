"""What people decide about letters, with what is written into the log."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.ical import readdressed
from kstthc_training.mailroom import policy
from kstthc_training.mailroom.errors import HeldByOperators, PrivateLetter, SameAddress
from kstthc_training.mailroom.queries import Subject, get_letter, subject_of
from kstthc_training.messages.policy import is_private, letters_seen_by, not_private
from kstthc_training.organisations import service as organisations
from kstthc_training.organisations.drafts import OrganisationDetails
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox import queries
from kstthc_training.outbox import service as outbox
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Decided, NewAddress
from kstthc_training.outbox.service.readdressing import follow, followers
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import PersonDraft, change_person
from kstthc_training.scheduling import service as scheduling

GRACE = timedelta(seconds=10)  # in which what was sent on its way can be taken back


@dataclass(frozen=True, kw_only=True)
class Redirection:
    """Where a letter goes, whether the directory follows, and whether the other letters to the old address do."""

    to: NewAddress
    in_directory: bool = False
    with_others: bool = False


def send_now(*, actor: Actor, ids: Collection[int], now: datetime) -> Decided:
    """Let the chosen letters go, past holds too, after a moment in which it can be taken back.

    `HeldByOperators` while operators hold everything back and `actor` is no administrator.
    """
    _require_free(actor)
    decided = outbox.send_now(ids=ids, among=letters_seen_by(actor), account_id=actor.account_id, after=GRACE, now=now)
    if len(decided.ids) == 1:
        record(actor=actor, action="letter.sent_again", subject_type="message", subject_id=decided.ids[0], now=now)
    elif decided.ids:
        _record_several(actor, "letters.sent_again", decided, now)
    return decided


def hold_back(*, actor: Actor, ids: Collection[int], now: datetime) -> Decided:
    """Keep the chosen letters until somebody lets them go."""
    decided = outbox.hold_back(ids=ids, among=letters_seen_by(actor), account_id=actor.account_id, now=now)
    _record_several(actor, "letters.chosen_held", decided, now)
    return decided


def discard(*, actor: Actor, ids: Collection[int], now: datetime) -> Decided:
    """Give the chosen letters up."""
    decided = outbox.discard(ids=ids, among=letters_seen_by(actor), account_id=actor.account_id, now=now)
    _record_several(actor, "letters.chosen_discarded", decided, now)
    return decided


def undo(*, actor: Actor, act: str, now: datetime) -> Decided:
    """Take back what was decided about letters, but for those to which something happened since."""
    decided = outbox.undo(act=act, among=letters_seen_by(actor), account_id=actor.account_id, now=now)
    _record_several(actor, "letters.undone", decided, now)
    return decided


def _record_several(actor: Actor, action: str, decided: Decided, now: datetime) -> None:
    if decided.ids:
        count = len(decided.ids)
        record(actor=actor, action=action, subject_type="message", subject_id=None, now=now, count=count)


def hold_everything(*, actor: Actor, reason: str, now: datetime) -> None:
    """Let no letter out; whatever is written meanwhile waits."""
    if outbox.hold_letters(reason=reason, account_id=actor.account_id, now=now):
        record(actor=actor, action="letters.held", subject_type="message", subject_id=None, now=now)


def let_everything_go(*, actor: Actor, now: datetime) -> None:
    """End the hold on everything; `HeldByOperators` when it is not the actor's to end."""
    _require_free(actor)
    if outbox.let_letters_go():
        record(actor=actor, action="letters.let_go", subject_type="message", subject_id=None, now=now)


def hold_event(*, actor: Actor, event_id: int, reason: str, now: datetime) -> None:
    """Let no letter of one event out."""
    if outbox.hold_letters(reason=reason, event_id=event_id, account_id=actor.account_id, now=now):
        record(actor=actor, action="event.letters_held", subject_type="event", subject_id=event_id, now=now)


def let_event_go(*, actor: Actor, event_id: int, now: datetime) -> None:
    """End the hold on one event's letters."""
    if outbox.let_letters_go(event_id=event_id):
        record(actor=actor, action="event.letters_let_go", subject_type="event", subject_id=event_id, now=now)


def _require_free(actor: Actor) -> None:
    hold = queries.find_hold()
    if hold is not None and not policy.may_let_go(actor, hold):
        raise HeldByOperators(reason=hold.reason)


def readdress(*, actor: Actor, message_id: int, redirection: Redirection, now: datetime) -> int:
    """Let a letter that did not arrive go to another address, and what belongs to it; answers how many letters that are.

    `AddressChanged` when it goes elsewhere already or was sent, `BodyErased` when nothing is left of it, `PrivateLetter`
    for one about an account, `SameAddress` when nothing would change, `HeldByOperators` as for sending.
    """
    letter, to = get_letter(actor=actor, message_id=message_id).letter, redirection.to
    _require_free(actor)
    if is_private(letter.kind):
        raise PrivateLetter(message_id=message_id)
    if to.new.casefold() == to.old.casefold():
        raise SameAddress(address=to.new)
    subject = subject_of(letter)
    calendar = _follow_calendar(letter, to)
    outbox.readdress(message_id=message_id, to=to, calendar=calendar, account_id=actor.account_id, now=now)
    others = _readdress_others(actor, message_id, to, now) if redirection.with_others else 0
    if redirection.in_directory:
        _correct_directory(actor, subject, to, now)
    record(
        actor=actor, action="letter.readdressed", subject_type="message", subject_id=message_id, now=now, count=others + 1
    )
    return others + 1


def _readdress_others(actor: Actor, message_id: int, to: NewAddress, now: datetime) -> int:
    among = letters_seen_by(actor) & not_private()
    others = followers(message_id=message_id, recipient=to.old, among=among)
    for other in others:
        unnamed = replace(to, name="")
        follow(other, to=unnamed, calendar=_follow_calendar(other, to), account_id=actor.account_id, now=now)
    return len(others)


def _follow_calendar(letter: Message, to: NewAddress) -> str | None:
    """The letter's calendar object at the new address, where what is kept of that person's calendar follows it; the empty
    text where somebody else holds the entry, whose calendar would take it for his own."""
    if letter.calendar is None:
        return None
    if letter.person_id is not None and letter.calendar_uid:
        uid = UUID(letter.calendar_uid)
        if not scheduling.readdress(person_id=letter.person_id, uid=uid, old=to.old, new=to.new):
            return ""
    return readdressed(letter.calendar, old=to.old, new=to.new)


def _correct_directory(actor: Actor, subject: Subject, to: NewAddress, now: datetime) -> None:
    """Let the recipient have the new address, where the directory held the old one and nobody else has the new."""
    if not subject.is_at(to.old) or _belongs_to_somebody(to.new):
        return
    if subject.person is not None:
        known = {name: getattr(subject.person, name) for name in PersonDraft.__dataclass_fields__}
        draft = PersonDraft(**{**known, "email": to.new})
        change_person(actor=actor, person=subject.person, draft=draft, version=subject.person.version, now=now)
    elif subject.mailbox is not None:
        known = {name: getattr(subject.mailbox, name) for name in OrganisationDetails.__dataclass_fields__}
        details = OrganisationDetails(**{**known, "code": known["code"] or "", "email": to.new})
        version = subject.mailbox.version
        organisations.change(actor=actor, organisation=subject.mailbox, details=details, version=version, now=now)


def _belongs_to_somebody(address: str) -> bool:
    held = (exists(select(table.id).where(func.lower(table.email) == address.lower())) for table in (Person, Organisation))
    return bool(db.session.scalar(select(or_(*held))))
