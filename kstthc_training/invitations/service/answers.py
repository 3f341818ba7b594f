"""What an invitee says: how many come, who, or that nobody can; and that the link was opened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from kstthc_training.db import db
from kstthc_training.invitations import policy
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.errors import AnswerOver, MorePlaces, StillNamed
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.queries.named import named_at, places_held
from kstthc_training.invitations.service.held import add_step, held_one, note_act
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import Admission, RegistrationSource
from kstthc_training.registrations.errors import TooFewSeats
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import closed_to_all
from kstthc_training.registrations.queries import find_registration
from kstthc_training.registrations.service import NewPerson, Nomination
from kstthc_training.registrations.service.seats import HeldEvent
from kstthc_training.scheduling import service as scheduling


def accept(*, actor: Actor, invitation: Invitation, places: int, now: datetime) -> None:
    """Say yes for `places` people whom the organisation names later; those not named yet are held for it, where seats
    are not given by one decision over all.

    The number said before is raised or lowered to it. Raises `NotAllowed`, `Revoked`, `NotOffered`, `AlreadyBegun`,
    `AnswerOver`, `MorePlaces` for more than it is invited with or fewer than it has named, and `TooFewSeats`.
    """
    held, current = _answerable(actor, invitation, now)
    _require_in_time(actor, current, now)
    body = _organisation(current)
    named = named_at(held.event.id).get(body, 0)
    if not max(1, named) <= places <= current.places:
        raise MorePlaces(places=current.places, named=named)
    if held.rules.admission is not Admission.ALLOCATION:
        _hold(actor, held, body, places - named, now)
    before = current.places_accepted
    _answer(actor, current, InvitationAnswer.ACCEPTED, now, places=places)
    add_step(current, InvitationAct.ACCEPTED, actor=actor, now=now, places=places)
    note_act(actor, "invitation.accepted", current, now, changes={"places_accepted": (before, places)})


def decline(*, actor: Actor, invitation: Invitation, reason: str, now: datetime) -> None:
    """Say that nobody can come, and why; places held become free, and a person's own registration is taken back.

    Until the event begins, also after the deadline. Raises `NotAllowed`, `Revoked`, `NotOffered`, `AlreadyBegun`, and
    `StillNamed` for an organisation that has people on the list.
    """
    held, current = _answerable(actor, invitation, now)
    if current.organisation_id is not None:
        named = named_at(held.event.id).get(current.organisation_id, 0)
        if named:
            raise StillNamed(named=named)
        if places_held(held.event.id).get(current.organisation_id):
            _hold(actor, held, current.organisation_id, 0, now)
    else:
        _withdraw(actor, current, reason, now)
    _answer(actor, current, InvitationAnswer.DECLINED, now, places=0, reason=reason)
    add_step(current, InvitationAct.DECLINED, actor=actor, now=now, reason=reason)
    note_act(actor, "invitation.declined", current, now, reason=reason)
    if current.person_id is not None:
        scheduling.withdraw(held.event.id, [current.person_id], now=now)


def name_people(
    *,
    actor: Actor,
    invitation: Invitation,
    person_ids: Sequence[int],
    new_people: Sequence[NewPerson],
    now: datetime,
) -> list[Nomination]:
    """Name people of the organisation invited, at most as many as it has places; that is a yes as well.

    Places that it holds go over to them. After the deadline it names only for places that it holds. Raises `NotAllowed`,
    `Revoked`, `AnswerOver`, `MorePlaces`, and what `registrations.service.nominate` raises.
    """
    held, current = _answerable(actor, invitation, now)
    body = _organisation(current)
    before = named_at(held.event.id).get(body, 0)
    wanted = len(set(person_ids)) + len(new_people)
    kept = places_held(held.event.id).get(body, 0)
    if wanted > kept:
        _require_in_time(actor, current, now)
    if held.rules.admission is Admission.APPROVAL:  # whom the organizer invited he need not approve as well
        _try_to_hold(actor, held, body, max(kept, min(wanted, current.places - before)), now)
    results = registrations.nominate(
        actor=actor, event=held.event, organisation_id=body, person_ids=person_ids, new_people=new_people,
        is_invited=True, now=now,
    )  # fmt: skip
    named = named_at(held.event.id).get(body, 0)
    if named > current.places:
        raise MorePlaces(places=current.places, named=before)
    if current.answer is not InvitationAnswer.ACCEPTED or named > current.places_accepted:
        _answer(actor, current, InvitationAnswer.ACCEPTED, now, places=max(named, current.places_accepted))
    people = [result.person.id for result in results if result.is_new]
    add_step(current, InvitationAct.NAMED, actor=actor, now=now, people=people)
    return results


def attend(*, actor: Actor, invitation: Invitation, now: datetime) -> Registration:
    """Say yes as the person invited: he is registered as anyone, whatever the audience and the window.

    Raises `NotAllowed`, `Revoked`, `AnswerOver`, and what `registrations.service.register` raises.
    """
    held, current = _answerable(actor, invitation, now)
    _require_in_time(actor, current, now)
    person = db.session.get_one(Person, current.person_id)
    is_own = actor.person_id == person.id
    registration = registrations.register(
        actor=actor, event=held.event, person=person, is_invited=True, now=now,
        source=RegistrationSource.SELF if is_own else RegistrationSource.ORGANIZER,
    )  # fmt: skip
    if current.answer is not InvitationAnswer.ACCEPTED:
        _answer(actor, current, InvitationAnswer.ACCEPTED, now, places=1)
        add_step(current, InvitationAct.ACCEPTED, actor=actor, now=now, places=1)
        note_act(actor, "invitation.accepted", current, now)
    scheduling.ask(held.event.id, [person.id], now=now)  # also while he waits for a seat
    return registration


def note_opened(*, actor: Actor, invitation_id: int, now: datetime) -> None:
    """Note the first time that a link was opened, which answers nothing: mail scanners open every link."""
    first = (Invitation.id == invitation_id) & Invitation.opened_at.is_(None)
    opened = update(Invitation).where(first).values(opened_at=now).returning(Invitation.id)
    if db.session.scalar(opened.execution_options(synchronize_session=False)) is not None:
        add_step(db.session.get_one(Invitation, invitation_id), InvitationAct.OPENED, actor=actor, now=now)


def _answerable(actor: Actor, invitation: Invitation, now: datetime) -> tuple[HeldEvent, Invitation]:
    held, current = held_one(invitation)
    if not policy.may_answer(actor, current):
        raise NotAllowed(invitation_id=current.id)
    if refusal := closed_to_all(held.event, now):
        raise refusal
    return held, current


def _require_in_time(actor: Actor, invitation: Invitation, now: datetime) -> None:
    deadline = deadlines_of(invitation.event_id).of(invitation)
    if deadline is not None and now >= deadline and not runs_events(actor):
        raise AnswerOver(until=deadline)


def _organisation(invitation: Invitation) -> int:
    if invitation.organisation_id is None:
        raise NotAllowed(invitation_id=invitation.id)
    return invitation.organisation_id


def _hold(actor: Actor, held: HeldEvent, body: int, places: int, now: datetime) -> None:
    until = policy.held_until(held.event, held.rules.names_until) if places else None
    registrations.hold_places(actor=actor, held=held, organisation_id=body, places=places, until=until, now=now)


def _try_to_hold(actor: Actor, held: HeldEvent, body: int, places: int, now: datetime) -> None:
    try:
        _hold(actor, held, body, places, now)
    except TooFewSeats:
        return


def _withdraw(actor: Actor, invitation: Invitation, reason: str, now: datetime) -> None:
    registration = find_registration(event_id=invitation.event_id, person_id=invitation.person_id)
    if registration is not None:
        registrations.cancel(actor=actor, registration=registration, reason=reason, now=now)


def _answer(
    actor: Actor, invitation: Invitation, answer: InvitationAnswer, now: datetime, *, places: int, reason: str = ""
) -> None:
    invitation.answer, invitation.answered_at, invitation.answered_by_id = answer, now, actor.account_id
    invitation.places_accepted, invitation.reason = places, reason
    invitation.version += 1
    db.session.flush()
