"""What the pages of focal points and of bearers of links share: answers, and naming people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.words import Tag, place_of
from kstthc_training.files.store import SentFile
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries import deadlines_of, named_at, places_held
from kstthc_training.nominations.forms import AnswerForm
from kstthc_training.nominations.queries import Staff, staff_of
from kstthc_training.nominations.routes.ways import Ways
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import Unknown
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.forms import NominationForm
from kstthc_training.registrations.policy import Rules, closed_to_all, has_begun, may_swap, obstacle
from kstthc_training.registrations.queries import NamedPerson, belonging_to, get_named, named_people, seat_count
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.queries.tickets import find_registration
from kstthc_training.registrations.questionnaire import kept_answers, missing
from kstthc_training.registrations.service import NewPerson
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


def answer_as_invited(
    actor: Actor, invitation: Invitation, given: Mapping[int, str], files: Mapping[int, SentFile], *, now: datetime
) -> None:
    """Keep what a person answered who has just said yes. Call inside a unit of work; raises what the verb raises."""
    own = find_registration(event_id=invitation.event_id, person_id=invitation.person_id)
    if own is not None:
        registrations.answer_questions(actor=actor, registration=own, given=given, files=files, now=now)


def name_people(
    form: NominationForm, *, actor: Actor, event: Event, organisation_id: int, invitation: Invitation | None, now: datetime
) -> str:
    """Name those ticked and typed, by the invitation where there is one. Call inside a unit of work."""
    people = given_numbers("nguoi"), form.named()
    return name_listed(people, actor=actor, event=event, organisation_id=organisation_id, invitation=invitation, now=now)


def name_listed(
    people: tuple[Sequence[int], Sequence[NewPerson]], *, actor: Actor, event: Event, organisation_id: int,
    invitation: Invitation | None, now: datetime,
) -> str:  # fmt: skip
    """Name known people and new ones, and say what became of them. Call inside a unit of work."""
    person_ids, new_people = people
    if invitation is not None:
        results = invitations.name_people(
            actor=actor, invitation=invitation, person_ids=person_ids, new_people=new_people, now=now
        )
    else:
        results = registrations.nominate(
            actor=actor, event=event, organisation_id=organisation_id, person_ids=person_ids, new_people=new_people, now=now
        )
    said = [str(named_counts(results))]
    if len(results) < len(set(person_ids)) + len(new_people):
        said.append(_("Tên ghi hai lần được tính một lần."))
    if questions_of(event.id):
        said.append(_("Ban tổ chức hỏi thêm: trả lời thay ở dưới, hoặc để từng người tự trả lời ở trang vé."))
    return " ".join(said)


def withdraw_one(*, actor: Actor, event: Event, organisation_id: int, now: datetime) -> tuple[int, str]:
    """Withdraw the person whose number was posted; who he is, and his name. Call inside a unit of work."""
    named = get_named(organisation_id, event_id=event.id, registration_id=posted_number("id"))
    person_id, name = named.person_id, named.person.full_name
    registrations.cancel(actor=actor, registration=named, reason="", now=now)
    return person_id, name


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
    places, rules = places_of(invitation, now) if invitation else None, rules_of(event.id)
    return page(
        "nominations/naming.html",
        fragments=FRAGMENTS,
        status=status,
        organisation=organisation,
        event=event,
        form=form,
        search=search,
        ticked=set(ticked),
        candidates=[person for person in staff if may_be_named(person)],
        named=_named_rows(event, named, ways),
        place=place_of(event, with_address=True),
        seats=seats,
        seats_left=seats_left_words(seats),
        places=places,
        why_not=_why_not(event, organisation, places, now),
        may_withdraw=not has_begun(event, now),
        may_swap=may_swap_now(event, rules, now),
        names_until=rules.names_until,
        ways=ways,
    )


def may_swap_now(event: Event, rules: Rules, now: datetime) -> bool:
    """Whether those named may be exchanged now."""
    return event.state is EventState.RELEASED and may_swap(event, rules, now)


@dataclass(frozen=True)
class NamedRow:
    """One of those named as the page shows him: how he stands, where his answers are given, and how many he owes."""

    person: NamedPerson
    tag: Tag
    answers_href: str
    owed: int


def _named_rows(event: Event, named: Sequence[NamedPerson], ways: Ways) -> list[NamedRow]:
    asked = questions_of(event.id)
    given = answers_at(event.id, registration_ids=[person.registration_id for person in named]) if asked else {}
    return [
        NamedRow(
            person,
            state_tag(person.state, person.place),
            ways.answers_href(person) if asked and person.source is RegistrationSource.NOMINATION else "",
            len(missing(asked, kept_answers(asked, given.get(person.registration_id, {})))),
        )
        for person in named
    ]


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


def may_be_named(person: Staff) -> bool:
    """Whether somebody of the organisation is not on the list yet, or no more."""
    return person.state in (None, RegistrationState.CANCELLED)
