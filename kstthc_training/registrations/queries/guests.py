"""Guests without an account: the shared link that lets them in, and what they wrote of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from kstthc_training import ids
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import exists_on
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import Credential, Place, RegistrationState
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.text import fold, phone_digits, search_text

GUEST_LINK_PURPOSE = "guest-link"
MOST_SHOWN = 50


class GuestRow(NamedTuple):
    """A guest as he wrote himself down; `matched` is the organisation of the directory that he seems to mean."""

    registration_id: int
    person_id: int
    full_name: str
    title: str
    phone: str
    email: str
    organisation: str
    matched_id: int | None
    matched: str
    credential: Credential | None
    credential_number: str
    letter_name: str
    place: Place | None
    state: RegistrationState
    registered_at: datetime
    ticket_code: str


@dataclass(frozen=True)
class GuestsOfEvent:
    """Those who await the decision, the longest waiting first and not all of very many; the others; how many there are."""

    pending: Sequence[GuestRow] = field(default_factory=tuple)
    decided: Sequence[GuestRow] = field(default_factory=tuple)
    waiting_for_decision: int = 0


def guest_secret(event_id: int, generation: int, *, key: bytes) -> str:
    """The secret in the shared link of an event (160 bits, by HMAC), void once the generation is raised."""
    return ids.address_secret(key, purpose=GUEST_LINK_PURPOSE, owner=event_id, generation=generation)


def find_by_guest_link(secret: str, *, key: bytes) -> tuple[Event, Rules, bool] | None:
    """The event whose shared link holds `secret`, how it takes people in, and whether a newer link took its place; None
    for any other. With kind and venue."""
    owner = ids.owner_of(secret)
    if owner is None:
        return None
    rules = rules_of(owner)
    for generation in range(rules.guest_generation, 0, -1):
        if ids.same_secret(guest_secret(owner, generation, key=key), secret):
            whole = select(Event).where(Event.id == owner).options(joinedload(Event.kind), joinedload(Event.venue))
            event = db.session.scalar(whole.execution_options(populate_existing=True))
            return (event, rules, generation != rules.guest_generation) if event else None
    return None


def find_by_form(form_hash: str) -> Registration | None:
    """The registration that a form made which was sent before."""
    sent = select(Registration).join(GuestEntry, GuestEntry.registration_id == Registration.id)
    return db.session.scalar(sent.where(GuestEntry.form_hash == form_hash).options(joinedload(Registration.person)))


def find_known_guest(event_id: int, *, full_name: str, email: str, phone: str) -> Registration | None:
    """A guest of the event with this name, accents and case aside, and this e-mail address or this number, who has not
    withdrawn."""
    reached = []
    if email:
        reached.append(Person.email_key == email.lower())
    if phone:
        reached.append(Person.phone == (phone_digits(phone) or phone))
    if not reached:
        return None
    same = (
        select(Registration)
        .join(GuestEntry, GuestEntry.registration_id == Registration.id)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.event_id == event_id, Registration.state != RegistrationState.CANCELLED)
        .where(Person.name_key == fold(full_name), or_(*reached))
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )
    return db.session.scalars(same).first()


def organisation_called(name: str, *, on: date) -> int | None:
    """The one organisation of a day with this name or short name, accents and case aside; None when none or several."""
    wanted = fold(name)
    if not wanted:
        return None
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.short_name).where(
            exists_on(on), Organisation.search_text.contains(wanted.replace("|", " "), autoescape=True)
        )
    )
    called = [key for key, whole, short in rows if wanted in (fold(whole), fold(short or ""))]
    return called[0] if len(called) == 1 else None


def press_names(*, on: date) -> Sequence[str]:
    """The names of the press of a day, as suggestions to whoever types one: one statement."""
    press = (
        select(Organisation.name)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(OrganisationKind.is_press, exists_on(on))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return db.session.scalars(press).all()


def guests_of(event_id: int) -> GuestsOfEvent:
    """The guests of an event: one statement."""
    rows = _guest_rows(event_id)
    pending = [row for row in rows if row.state is RegistrationState.PENDING]
    decided = [row for row in rows if row.state is not RegistrationState.PENDING]
    return GuestsOfEvent(pending[:MOST_SHOWN], decided, len(pending))


def get_letter(*, event_id: int, registration_id: int) -> StoredFile:
    """The letter of introduction that a guest of the event sent along; `Unknown` without one."""
    sent = (
        select(StoredFile)
        .join(GuestEntry, GuestEntry.letter_id == StoredFile.id)
        .join(Registration, Registration.id == GuestEntry.registration_id)
    )
    file = db.session.scalar(sent.where(Registration.event_id == event_id, Registration.id == registration_id))
    if file is None:
        raise Unknown(registration_id=registration_id)
    return file


def organisation_on_list() -> ColumnElement[str]:
    """What stands on lists as the organisation of somebody: its name in the directory, else what a guest typed; the
    selection joins `Organisation` and `GuestEntry`, both where there are such."""
    return func.coalesce(Organisation.name, GuestEntry.organisation, "")


def typed_by_guest(word: str) -> ColumnElement[bool]:
    """A folded word stands in the organisation that a guest typed; the selection joins `GuestEntry` where there is one."""
    return GuestEntry.search_text.contains(word, autoescape=True)


def guest_search_text(organisation: str) -> str:
    """What a guest is found by besides his own words in the directory: the organisation that he typed."""
    return search_text(organisation)


def _guest_rows(event_id: int) -> list[GuestRow]:
    matched = aliased(Organisation)
    statement = (
        select(
            Registration.id, Person.id, Person.full_name, Registration.title_then, Person.phone, Person.email,
            GuestEntry.organisation, matched.id, func.coalesce(matched.name, ""), Registration.credential,
            Registration.credential_number, func.coalesce(StoredFile.name, ""), Registration.place, Registration.state,
            Registration.registered_at, Registration.ticket_code,
        )
        .join(GuestEntry, GuestEntry.registration_id == Registration.id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(matched, matched.id == Registration.seat_organisation_id)
        .outerjoin(StoredFile, StoredFile.id == GuestEntry.letter_id)
        .where(Registration.event_id == event_id)
        .order_by(Registration.registered_at, Registration.id)
    )  # fmt: skip
    rows = db.session.execute(statement)
    return [GuestRow._make(row) for row in rows]
