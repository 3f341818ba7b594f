"""Somebody of whom everything is kept that the product can keep, each text with a mark that can be looked for."""

import io
from datetime import timedelta

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import AttendanceResult, Mark, Presence
from kstthc_training.audit.service import record
from kstthc_training.audit.words import BEARER
from kstthc_training.calendars.models import Feed
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Session
from kstthc_training.files.store import own_store
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.materials.models import Download, Material
from kstthc_training.outbox.service import Letter, post_letter
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import QuestionKind, RegistrationState, StepRule
from kstthc_training.registrations.models import Answer, Question, RegistrationStep
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

NAME, TITLE = "Danh Dấu Vết", "Chức danh dấu vết"
EMAIL, PHONE, LOGIN = "dau-vet@mau.example", "0912345678", "dang-nhap-dau-vet@mau.example"
ANSWER, REASON, PRESS_CARD = "Câu trả lời dấu vết", "Lý do dấu vết", "THE-DAU-VET-1"
MARKS = (NAME, TITLE, EMAIL, PHONE, "0912 345 678", LOGIN, ANSWER, REASON, PRESS_CARD)


def holder(*roles: Role) -> Account:
    """The account of the person with the marks, in an organisation."""
    organisation = make_organisation("Sở Có Người")
    person = make_person(
        NAME, title=TITLE, email=EMAIL, phone=PHONE, organisation_id=organisation.id, search_text="danh dau vet"
    )
    account = make_account(*roles, person=person)
    with unit_of_work():
        kept = db.session.get_one(Account, account.id)
        kept.login = LOGIN
        db.session.add(Feed(person_id=person.id, created_at=clock.now()))
    return account


def past_event(person: Person):
    """A closed event that he attended, with a mark, an answer, a file and a paper that he fetched."""
    now = clock.now()
    event = make_event(
        "Cuộc đã họp",
        starts_at=now - timedelta(days=30),
        state=EventState.CLOSED,
        held_on=clock.local_date(now - timedelta(days=30)),
    )
    registration = make_registration(event, person, credential_number=PRESS_CARD)
    with unit_of_work():
        session = db.session.query(Session).filter_by(event_id=event.id).one()
        mark = Mark(
            session_id=session.id, registration_id=registration.id, status=MarkStatus.PRESENT, method=MarkMethod.NAME,
            nonce=f"nonce-{registration.id}-0000000000", at=now - timedelta(days=30),
        )  # fmt: skip
        db.session.add(mark)
        db.session.flush()
        db.session.add(Presence(session_id=session.id, registration_id=registration.id, status=mark.status, mark_id=mark.id))
        db.session.add(
            AttendanceResult(
                registration_id=registration.id, event_id=event.id, person_id=person.id,
                organisation_id=person.organisation_id, sessions_held=1, sessions_present=1, attended=True,
            )
        )  # fmt: skip
        db.session.add(
            RegistrationStep(
                registration_id=registration.id, at=now, to_state=RegistrationState.CONFIRMED, rule=StepRule.APPROVED,
                reason=REASON,
            )
        )  # fmt: skip
    _answered(event, registration)
    return event


def _answered(event, registration) -> None:
    file = io.BytesIO(b"giay gioi thieu")
    with unit_of_work():
        asked = [
            Question(event_id=event.id, position=0, kind=QuestionKind.TEXT, label="Cần gì?"),
            Question(event_id=event.id, position=1, kind=QuestionKind.FILE, label="Giấy?"),
        ]
        db.session.add_all(asked)
        stored = own_store().keep(file, name="giay.pdf", media_type="application/pdf", limit=1000, now=clock.now())
        db.session.flush()
        db.session.add(Answer(registration_id=registration.id, question_id=asked[0].id, value=ANSWER))
        db.session.add(Answer(registration_id=registration.id, question_id=asked[1].id, file_id=stored.id))


def everything(account: Account) -> None:
    """An invitation, letters, a download, and a log that speaks of him by name, address and number."""
    person, now = db.session.get_one(Person, account.person_id), clock.now()
    past = past_event(person)
    coming = make_event("Cuộc sắp họp", capacity=1)
    make_registration(coming, person)
    with unit_of_work():
        invitation = Invitation(
            event_id=coming.id, person_id=person.id, made_at=now, answer=InvitationAnswer.DECLINED, answered_at=now,
            reason=REASON,
        )  # fmt: skip
        db.session.add(invitation)
        db.session.flush()
        db.session.add(
            InvitationStep(invitation_id=invitation.id, at=now, act=InvitationAct.DECLINED, facts={"reason": REASON})
        )
        stored = own_store().keep(io.BytesIO(b"tai lieu"), name="tl.pdf", media_type="application/pdf", limit=1000, now=now)
        db.session.flush()
        paper = Material(event_id=past.id, file_id=stored.id, title="Đề cương", uploaded_at=now)
        db.session.add(paper)
        db.session.flush()
        db.session.add(Download(material_id=paper.id, account_id=account.id, at=now))
    _letters(now)
    _log(account, person, coming.id, now)


def _letters(now) -> None:
    with unit_of_work():
        for key, recipient, name in (
            ("own", LOGIN, NAME),
            ("shared", EMAIL, NAME),
            ("other", "khac@mau.example", "Ai Khác"),
        ):
            letter = Letter(
                kind="event.changed", recipient=recipient, recipient_name=name, subject=f"Đổi giờ {key}",
                body=f"Kính gửi {NAME}, điện thoại {PHONE}",
            )  # fmt: skip
            post_letter(letter, key=key, now=now)


def _log(account: Account, person: Person, event_id: int, now) -> None:
    actor = Actor(account_id=account.id, person_id=person.id, display_name=NAME, address="10.0.0.7")
    bearer = Actor(display_name=f"{BEARER}{NAME}")
    with unit_of_work():
        record(actor=actor, action="sign_in.begun", subject_type="account", subject_id=account.id, now=now, means="password")
        record(
            actor=bearer,
            action="invitation.declined",
            subject_type="event",
            subject_id=event_id,
            now=now,
            organisation=NAME,
            reason=REASON,
        )
        record(
            actor=actor,
            action="registration.refused",
            subject_type="event",
            subject_id=event_id,
            now=now,
            person_id=person.id,
            reason=REASON,
        )
        record(
            actor=Actor(),
            action="event.edited",
            subject_type="event",
            subject_id=event_id,
            now=now,
            changes={"chair": ["", f"Ông {NAME}, {PHONE} (0912 345 678)"]},
        )
