"""Guests without an account: registered by the shared link of an event, decided on one by one by an organizer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from kstthc_training import ids
from kstthc_training.audit.service import record
from kstthc_training.audit.words import GUEST
from kstthc_training.clock import local_date
from kstthc_training.db import added_once, db
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import SentFile, enter
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.people.service.persons import PersonDraft, add_person, change_person
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import Arrival, Circle, Place, RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.errors import GuestsNotTaken, PapersWanted
from kstthc_training.registrations.models import GuestEntry, Registration, RegistrationRules
from kstthc_training.registrations.queries.belonging import is_press
from kstthc_training.registrations.queries.guests import (
    find_by_form,
    find_known_guest,
    guest_search_text,
    organisation_called,
)
from kstthc_training.registrations.queries.holders import Claim
from kstthc_training.registrations.service.answers import answer_questions
from kstthc_training.registrations.service.letters import tell_entered, tell_known
from kstthc_training.registrations.service.register import PressPapers
from kstthc_training.registrations.service.rows import Standing, record_made, write_row
from kstthc_training.registrations.service.seats import HeldEvent, hold_event
from kstthc_training.text import fold


@dataclass(frozen=True, kw_only=True)
class GuestDraft:
    """What a guest says of himself; `form_secret` is that of the page he filled, so that it counts once."""

    form_secret: str
    full_name: str
    organisation: str
    title: str = ""
    phone: str = ""
    email: str = ""
    place: Place | None = None
    papers: PressPapers | None = None
    letter: SentFile | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[int, SentFile] = field(default_factory=dict)

    def form_hash(self, event_id: int) -> str:
        """What is kept of the page: with the name, so that a page filled again for somebody else makes another."""
        return ids.secret_hash(f"{event_id}:{self.form_secret}:{fold(self.full_name)}")


def register_guest(*, actor: Actor, event_id: int, draft: GuestDraft, now: datetime) -> tuple[Registration, Arrival]:
    """Let a guest await the organizer's decision as a person of his own, who may well be one that is known.

    The same page sent again answers the same registration. Somebody of the same name with the same address or number is
    not registered a second time, but gets a letter with the link to his own page. Raises `GuestsNotTaken`, what closes
    the event or its window, `PapersWanted`, and `AnswerMissing` and `AnswerUnsound`.
    """
    held = hold_event(event_id)
    if sent := find_by_form(draft.form_hash(event_id)):
        return sent, Arrival.SENT_BEFORE
    if refusal := policy.guest_obstacle(held.event, held.rules, now):
        raise refusal
    if known := find_known_guest(event_id, full_name=draft.full_name, email=draft.email, phone=draft.phone):
        tell_known(held.event, known, now=now)
        return known, Arrival.KNOWN
    return _entered(actor, held, draft, now), Arrival.NEW


def renew_guest_link(*, actor: Actor, event_id: int, now: datetime) -> None:
    """Give the event another shared link; the old one is void at once, and so is a page of its rules that stands open."""
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    hold_event(event_id)
    rules = RegistrationRules
    raised = (
        update(rules)
        .where(rules.event_id == event_id, rules.guests_allowed)
        .values(guest_generation=rules.guest_generation + 1, version=rules.version + 1)
        .returning(rules.event_id)
        .execution_options(synchronize_session=False)
    )
    if db.session.scalar(raised) is None:
        raise GuestsNotTaken
    record(actor=actor, action="event.guest_link_renewed", subject_type="event", subject_id=event_id, now=now)


def settle_organisations(*, actor: Actor, registrations: Sequence[Registration], now: datetime) -> None:
    """Guests whom an organizer admits belong where they said, as far as the directory knows the organisation."""
    claimed = {row.id: row for row in registrations if row.organisation_id is None and row.seat_organisation_id is not None}
    if not claimed:
        return
    guests = select(Registration).join(GuestEntry, GuestEntry.registration_id == Registration.id)
    for row in db.session.scalars(guests.where(Registration.id.in_(claimed)).options(joinedload(Registration.person))):
        row.organisation_id = row.seat_organisation_id
        if row.person.organisation_id is None:
            _settle(actor, row.person, row.seat_organisation_id, now)
    db.session.flush()


def _settle(actor: Actor, person: Person, organisation_id: int | None, now: datetime) -> None:
    draft = PersonDraft(
        full_name=person.full_name, title=person.title, organisation_id=organisation_id, email=person.email,
        phone=person.phone,
    )  # fmt: skip
    change_person(actor=actor, person=person, draft=draft, version=person.version, now=now)


def _entered(actor: Actor, held: HeldEvent, draft: GuestDraft, now: datetime) -> Registration:
    event = held.event
    _require_papers(held, draft)
    bearer = replace(actor, display_name=f"{GUEST}{draft.full_name}")
    person = add_person(
        actor=bearer, now=now,
        draft=PersonDraft(full_name=draft.full_name, title=draft.title, email=draft.email, phone=draft.phone),
    )  # fmt: skip
    guest = replace(bearer, person_id=person.id)
    entry = write_row(
        actor=guest, event=event, person=person, source=RegistrationSource.SELF, known=None,
        standing=Standing(RegistrationState.PENDING, StepRule.AWAITS_DECISION),
        claim=_claim(event, draft, now), now=now,
    )  # fmt: skip
    assert entry.step is not None  # noqa: S101 - the person was added in this very transaction
    registration = entry.registration
    if draft.papers is not None:
        registration.credential, registration.credential_number = draft.papers.kind, draft.papers.number
    _write_entry(registration, draft, now)
    answer_questions(actor=guest, registration=registration, given=draft.answers, files=draft.files, now=now)
    tell_entered(event, registration, entry.step, now=now)
    record_made(guest, registration, now)
    return registration


def _require_papers(held: HeldEvent, draft: GuestDraft) -> None:
    shown = draft.papers is not None and bool(draft.papers.number or draft.letter)
    if policy.papers_wanted(held.event, held.rules) and not shown:
        raise PapersWanted


def _claim(event: Event, draft: GuestDraft, now: datetime) -> Claim:
    body = organisation_called(draft.organisation, on=local_date(now))
    press = draft.papers is not None or event.audience is Audience.PRESS or is_press(body)
    place = (draft.place or Place.ROOM) if event.mode is EventMode.BOTH else None
    return Claim(Circle.PRESS if press else Circle.OFFICIALS, body, place)


def _write_entry(registration: Registration, draft: GuestDraft, now: datetime) -> None:
    values = {
        "registration_id": registration.id,
        "organisation": draft.organisation,
        "search_text": guest_search_text(draft.organisation),
        "form_hash": draft.form_hash(registration.event_id),
        "letter_id": _letter_id(draft.letter, now),
    }
    db.session.execute(added_once(GuestEntry, values))


def _letter_id(letter: SentFile | None, now: datetime) -> int | None:
    """The row of the letter; one page filled for two people brings the same bytes twice."""
    if letter is None:
        return None
    known = db.session.scalar(select(StoredFile.id).where(StoredFile.key == letter.kept.key))
    if known is not None:
        return known
    stored = enter(letter.kept, name=letter.name, media_type=letter.media_type, now=now)
    db.session.flush()
    return stored.id
