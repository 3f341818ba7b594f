"""Where a letter that did not arrive could go instead: likely addresses first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from kstthc_training.db import db
from kstthc_training.invitations.queries.recipients import focal_recipients
from kstthc_training.mailroom.enums import Source
from kstthc_training.mailroom.queries.subjects import Subject
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.hosts import host_of
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person

_MOST = 5
_LOOKED_THROUGH = 2_000


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An address, whose it is ('' when that is not known), why it is proposed, and how many letters arrived there."""

    address: str
    name: str
    source: Source
    arrived: int = 0
    last_at: datetime | None = None


def proposals(letter: Message, subject: Subject) -> list[Proposal]:
    """Up to five addresses: corrected since, one letter different, focal points, others that took letters."""
    old = letter.recipient.casefold()
    found: dict[str, tuple[str, str, Source]] = {}
    for address, name, source in _candidates(letter, subject):
        if address and address.casefold() != old:
            found.setdefault(address.casefold(), (address, name, source))
    chosen = list(found.values())[:_MOST]
    arrived = _arrived([address for address, _name, _source in chosen])
    return [
        Proposal(address=address, name=name, source=source, arrived=count, last_at=last)
        for address, name, source in chosen
        for count, last in [arrived.get(address.casefold(), (0, None))]
    ]


def _candidates(letter: Message, subject: Subject) -> Iterable[tuple[str, str, Source]]:
    if subject.address:
        yield subject.address, letter.recipient_name, Source.CORRECTED
    for address in _alike(letter.recipient):
        yield address, "", Source.ALIKE
    if subject.organisation_id is not None:
        for each in focal_recipients([subject.organisation_id]).get(subject.organisation_id, []):
            yield each.email, each.full_name, Source.FOCAL
    yield from ((address, "", Source.REACHED) for address in _reached(letter))
    if subject.person is not None and subject.organisation_id is not None:
        body = db.session.get(Organisation, subject.organisation_id)
        if body is not None:
            yield body.email, body.name, Source.MAILBOX


def _alike(old: str) -> list[str]:
    """Known addresses that differ from `old` by one letter, before the sign or behind it."""
    local, host = old.rpartition("@")[0].lower(), host_of(old)
    found: set[str] = set()
    for column in (Person.email, Organisation.email, Message.recipient):
        near = func.length(column).between(len(old) - 1, len(old) + 1)
        shared = or_(
            func.lower(column).endswith(f"@{host}", autoescape=True), column.istartswith(f"{local}@", autoescape=True)
        )
        known = select(column).where(near, shared)
        if column is Message.recipient:
            known = known.where(Message.state == MessageState.SENT)
        found.update(db.session.scalars(known.distinct().limit(_LOOKED_THROUGH)))
    return sorted(each for each in found if differ_by_one(each.casefold(), old.casefold()))


def differ_by_one(one: str, other: str) -> bool:
    """Whether one letter more, less, or another, or two neighbours swapped, is all the difference."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    if len(one) == len(other):
        is_swapped = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
        return rest[1:] == others[1:] or is_swapped
    return rest[1:] == others or rest == others[1:]


def _reached(letter: Message) -> Sequence[str]:
    """Other addresses at which letters to the same recipient arrived, the latest first."""
    same = Message.person_id == letter.person_id
    if letter.person_id is None:
        same = (Message.recipient_name == letter.recipient_name) & (Message.recipient_name != "")
    arrived = select(Message.recipient).where(same, Message.state == MessageState.SENT, Message.recipient != "")
    return db.session.scalars(arrived.group_by(Message.recipient).order_by(func.max(Message.id).desc()).limit(_MOST)).all()


def _arrived(addresses: Sequence[str]) -> dict[str, tuple[int, datetime | None]]:
    counted = select(Message.recipient, func.count(), func.max(Message.sent_at)).where(
        Message.recipient.in_(addresses), Message.state == MessageState.SENT
    )
    rows = db.session.execute(counted.group_by(Message.recipient))
    return {address.casefold(): (count, last) for address, count, last in rows}
