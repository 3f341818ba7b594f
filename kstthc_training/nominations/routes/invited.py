"""What the pages of focal points and of bearers of links share: answers, and naming people."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.words import place_of
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries import deadlines_of, named_at, places_held
from kstthc_training.nominations.forms import AnswerForm
from kstthc_training.nominations.queries import Staff, staff_of
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.forms import NominationForm
from kstthc_training.registrations.policy import closed_to_all, has_begun, may_swap, obstacle
from kstthc_training.registrations.queries import belonging_to, get_named, named_people, seat_count
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.words import named_counts, seats_left_words, state_tag, why_not
from kstthc_training.web.addresses import asked_words, given_numbers, posted_number
from kstthc_training.web.locale import moment
from kstthc_training.web.pages import page

FRAGMENTS = ("cu_nguoi", "nguoi_cua_don_vi")


@dataclass(frozen=True)
class Places:
    """What an organisation's invitation still allows: places asked, named, held without a name, and until when."""

    asked: int
    named: int
    held: int
    deadline: datetime | None
    is_late: bool

    @property
    def left(self) -> int:
        """How many more people may be named."""
        return max(self.held if self.is_late else self.asked - self.named, 0)


@dataclass(frozen=True)
class Ways:
    """Where the naming page sends what, and where it leads back to."""

    action: str
    withdraw_action: str
    swap_action: str
    back_href: str
    back_words: str
    is_signed_in: bool = True


def places_of(invitation: Invitation, now: datetime) -> Places:
    """How an organisation's invitation stands with its places: three statements."""
    body = invitation.organisation_id or 0
    deadline = deadlines_of(invitation.event_id).of(invitation)
    is_late = deadline is not None and now >= deadline
    named = named_at(invitation.event_id).get(body, 0)
    return Places(invitation.places, named, places_held(invitation.event_id).get(body, 0), deadline, is_late)


def answer(form: AnswerForm, *, actor: Actor, invitation: Invitation, is_yes: bool, now: datetime) -> str:
    """Give the answer typed, and say what it came to. Call inside a unit of work; raises what the verbs raise."""
    if not is_yes:
        invitations.decline(actor=actor, invitation=invitation, reason=form.reason.data or "", now=now)
        return _("Đã báo không dự được.")
    if invitation.organisation_id is None:
        state = invitations.attend(actor=actor, invitation=invitation, now=now).state
        waits = {
            RegistrationState.WAITING: _("Đã báo dự. Hiện hết chỗ nên đứng trong danh sách chờ."),
            RegistrationState.PENDING: _("Đã báo dự, chờ ban tổ chức duyệt."),
        }
        return waits.get(state, _("Đã báo dự. Vé có mã QR gửi qua thư."))
    invitations.accept(actor=actor, invitation=invitation, places=form.places.data or invitation.places, now=now)
    return _("Đã nhận lời. Ghi tên người dự sau cũng được.")


def name_people(
    form: NominationForm, *, actor: Actor, event: Event, organisation_id: int, invitation: Invitation | None, now: datetime
) -> str:
    """Name those ticked and typed, by the invitation where there is one. Call inside a unit of work."""
    person_ids, new_people = given_numbers("nguoi"), form.named()
    if invitation is not None:
        results = invitations.name_people(
            actor=actor, invitation=invitation, person_ids=person_ids, new_people=new_people, now=now
        )
    else:
        results = registrations.nominate(
            actor=actor, event=event, organisation_id=organisation_id, person_ids=person_ids, new_people=new_people, now=now
        )
    return str(named_counts(results))


def withdraw_one(*, actor: Actor, event: Event, organisation_id: int, now: datetime) -> tuple[int, str]:
    """Withdraw the person whose number was posted; who he is, and his name. Call inside a unit of work."""
    named = get_named(organisation_id, event_id=event.id, registration_id=posted_number("id"))
    person_id, name = named.person_id, named.person.full_name
    registrations.cancel(actor=actor, registration=named, reason="", now=now)
    return person_id, name


def swap_one(*, actor: Actor, event: Event, organisation_id: int, now: datetime) -> str:
    """Let the person chosen come in the place of the one whose number was posted, and say so. Call inside a unit of work."""
    named = get_named(organisation_id, event_id=event.id, registration_id=posted_number("id"))
    person = db.session.get(Person, posted_number("nguoi") or 0)
    if person is None or person.organisation_id != organisation_id:
        raise Unknown(organisation_id=organisation_id)
    replaced, substitute = named.person.full_name, person.full_name
    registrations.substitute(actor=actor, registration=named, person=person, now=now)
    return _("%(substitute)s dự thay %(replaced)s.", substitute=substitute, replaced=replaced)


def asks_for_more(form: NominationForm) -> bool:
    """Whether a button was pressed that searches or adds a row, and stores nothing."""
    if "them" in request.form:
        form.with_empty_row()
    return "tim" in request.form or "them" in request.form


def naming_page(
    organisation: Organisation, event: Event, form: NominationForm, ways: Ways, *, invitation: Invitation | None,
    status: int = 200,
) -> Response:  # fmt: skip
    """The people named so far, and those who may be named."""
    now, ticked, search = clock.now(), given_numbers("nguoi"), asked_words()
    seats, named = seat_count(event.id), named_people(organisation.id, event_id=event.id)
    staff = staff_of(organisation.id, event_id=event.id, search=search, kept=ticked)
    places = places_of(invitation, now) if invitation else None
    return page(
        "nominations/naming.html",
        fragments=FRAGMENTS,
        status=status,
        organisation=organisation,
        event=event,
        form=form,
        search=search,
        ticked=set(ticked),
        candidates=[person for person in staff if _may_be_named(person)],
        named=[(person, state_tag(person.state, person.place)) for person in named],
        place=place_of(event, with_address=True),
        seats=seats,
        seats_left=seats_left_words(seats),
        places=places,
        why_not=_why_not(event, organisation, places, now),
        may_withdraw=not has_begun(event, now),
        may_swap=event.state is EventState.RELEASED and may_swap(event, rules_of(event.id), now),
        ways=ways,
    )


def own_named(organisation_id: int, event: Event) -> list[tuple[object, object]]:
    """The people of an organisation at an event, each with the tag of how he stands."""
    rows = named_people(organisation_id, event_id=event.id)
    return [(person, state_tag(person.state, person.place)) for person in rows]


def require(invitation: Invitation | None) -> Invitation:
    """The invitation, which must be there."""
    if invitation is None:
        raise Unknown
    return invitation


def said_no(invitation: Invitation) -> bool:
    """Whether the last answer was no."""
    return invitation.answer is InvitationAnswer.DECLINED


def _why_not(event: Event, organisation: Organisation, places: Places | None, now: datetime) -> str:
    if places is None:
        return why_not(obstacle(event, belonging_to(organisation.id), now))
    if refusal := closed_to_all(event, now):
        return why_not(refusal)
    if places.is_late and not places.held and places.deadline is not None:
        return _("Đã hết hạn trả lời lúc %(when)s. Cần cử thêm người, xin gọi ban tổ chức.", when=moment(places.deadline))
    return "" if places.left else _("Đã cử đủ %(n)s người theo số chỗ được mời.", n=places.asked)


def _may_be_named(person: Staff) -> bool:
    return person.state in (None, RegistrationState.CANCELLED)
