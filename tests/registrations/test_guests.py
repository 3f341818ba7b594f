"""Guests without an account: each awaits the decision as a person of his own, once, and nobody learns who is known."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service
from kstthc_training.registrations.addresses import ticket_link
from kstthc_training.registrations.enums import Arrival, Circle, Credential, Place, RegistrationState
from kstthc_training.registrations.errors import (
    AlreadyBegun,
    AnswerMissing,
    ClosedAlready,
    GuestsNotTaken,
    NotOffered,
    NotOpenYet,
    PapersWanted,
)
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.registrations.queries.guests import find_by_guest_link, guest_secret, guests_of, organisation_called
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.service import PressPapers
from kstthc_training.registrations.service.questions import QuestionDraft, add_question
from tests.registrations.actors import again, an_organizer, cancelled, himself, registered, steps, taken
from tests.registrations.seats import last_letter, letters, log, pools, pools_wrong, ruled
from tests.registrations.visitors import VISITOR, a_draft, arrived, open_to_guests
from tests.support.factories import make_event, make_organisation, make_person

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
CARD = PressPapers(Credential.PRESS_CARD, "IBT 00123")
KEY = b"k" * 32


def count(table):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def decided(event, *registrations, reason=None, now=None):
    with unit_of_work():
        by, ids = an_organizer(), [row.id for row in registrations]
        if reason is None:
            service.approve(actor=by, event_id=event.id, registration_ids=ids, now=now)
        else:
            service.refuse(actor=by, event_id=event.id, registration_ids=ids, reason=reason, now=now)


def person(registration):
    db.session.rollback()
    return db.session.get_one(Person, registration.person_id)


def test_a_guest_awaits_the_decision_even_where_others_get_a_seat_at_once(app):
    event = open_to_guests(capacity=5)
    guest, how = arrived(event)
    assert (how, guest.state, guest.source, guest.title_then, taken(event)) == (
        Arrival.NEW, PENDING, "self", "Phóng viên", 0,
    )  # fmt: skip
    assert (guest.circle, guest.organisation_id) == (Circle.PRESS, None)
    assert steps(guest) == [(None, PENDING, "awaits-decision", "")]
    (row,) = guests_of(event.id).pending
    assert (row.full_name, row.organisation, row.matched_id) == ("Trần Mẫu Bình", "Báo Mẫu Xa", None)
    letter = last_letter(guest)
    assert (letter.kind, letter.link_id, "{{link}}" in letter.body) == ("registration-pending", guest.id, True)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.made")).one()
    assert (entry.actor_name, entry.account_id, entry.address) == (
        "khách qua liên kết: Trần Mẫu Bình", None, VISITOR.address,
    )  # fmt: skip


def test_admitted_he_takes_a_seat_by_the_usual_rules(app, now):
    event = open_to_guests(capacity=1)
    first, second = arrived(event)[0], arrived(event, full_name="Lê Mẫu Cúc", email="cuc@bao.example")[0]
    decided(event, first, second, now=now)
    assert [again(first).state, again(second).state] == [CONFIRMED, WAITING]
    assert (taken(event), pools_wrong(event)) == (1, [])
    assert [letters(first), letters(second)] == [
        ["registration-pending", "registration-confirmed"], ["registration-pending", "registration-waiting"],
    ]  # fmt: skip


def test_refused_he_is_told_why_with_the_link_to_his_page(app, now):
    event = open_to_guests()
    guest = arrived(event)[0]
    decided(event, guest, reason="Không đủ giấy tờ", now=now)
    letter = last_letter(guest)
    assert (letter.kind, letter.link_id) == ("registration-refused", guest.id)
    assert "Không đủ giấy tờ" in letter.body and "{{link}}" in letter.body
    assert "/ve/thu/" in ticket_link(guest.id)


def test_somebody_known_is_never_attached_nor_betrayed(app):
    body = make_organisation("Báo Mẫu Xa", kind="press")
    known = make_person("Trần Mẫu Bình", email="binh@bao.example", organisation_id=body.id)
    event = open_to_guests()
    registered(event, known)
    guest, how = arrived(event)
    assert (how, guest.person_id != known.id, person(guest).organisation_id) == (Arrival.NEW, True, None)


def test_the_organisation_he_means_becomes_his_when_he_is_admitted(app, now):
    body = make_organisation("Báo Mẫu Xa", kind="press")
    event = open_to_guests(capacity=3, limits=Limits(each_organisation=1))
    first = arrived(event, organisation="bao  mau XA")[0]
    second = arrived(event, full_name="Lê Mẫu Cúc", email="cuc@bao.example")[0]
    assert (first.organisation_id, first.seat_organisation_id, first.circle) == (None, body.id, Circle.PRESS)
    decided(event, first, second, now=now)
    assert [again(first).state, again(second).state] == [CONFIRMED, WAITING]
    assert (again(first).organisation_id, person(first).organisation_id) == (body.id, body.id)
    assert (pools(event)["organisation", str(body.id)], pools_wrong(event)) == ((1, 1), [])


def test_an_organisation_is_meant_only_when_there_is_one_such(app, now):
    body = make_organisation("Báo Kiên Mẫu", short_name="BKM")
    make_organisation("Trùng Tên")
    make_organisation("Trùng Tên")
    day = now.date()
    assert organisation_called("báo kiên mẫu", on=day) == body.id
    assert [organisation_called(name, on=day) for name in ("Trùng tên", "Báo Kiên", "", "|", "%")] == [None] * 5


def test_the_same_page_sent_again_makes_one_registration(app):
    event, draft = open_to_guests(), a_draft()
    first, _new = arrived(event, draft)
    again_row, how = arrived(event, replace(draft, title="Biên tập viên"))
    assert (again_row.id, how, count(Registration), count(GuestEntry)) == (first.id, Arrival.SENT_BEFORE, 1, 1)
    assert letters(first) == ["registration-pending"]
    assert arrived(event, replace(draft, full_name="Lê Mẫu Cúc", email="cuc@bao.example"))[1] is Arrival.NEW


def test_a_page_of_one_event_opens_nothing_at_another(app):
    draft = a_draft()
    first, other = arrived(open_to_guests(), draft)[0], arrived(open_to_guests(), draft)
    assert (other[1], other[0].id != first.id) == (Arrival.NEW, True)


@pytest.mark.parametrize(
    "said",
    [
        {"full_name": "TRẦN MẪU BÌNH"},
        {"full_name": "Tran Mau Binh", "organisation": "Báo khác"},
        {"email": "BINH@bao.example", "phone": "0912000111"},
        {"email": "", "phone": "+84 900 000 002"},
    ],
)
def test_sent_from_another_page_he_is_known_and_gets_the_link_again_once_an_hour(app, now, said):
    event = open_to_guests()
    guest = arrived(event, phone="0900 000 002")[0]
    for _time in range(2):
        found, how = arrived(event, **said)
        assert (found.id, how) == (guest.id, Arrival.KNOWN)
    assert letters(guest) == ["registration-pending", "registration-known"]
    arrived(event, now=now + timedelta(hours=1), **said)
    assert (letters(guest)[2:], count(Registration)) == (["registration-known"], 1)


@pytest.mark.parametrize(
    "said", [{"full_name": "Trần Mẫu Bích"}, {"email": "khac@bao.example"}, {"email": "", "phone": "0911222333"}]
)
def test_another_name_or_another_contact_is_another_guest(app, said):
    event = open_to_guests()
    arrived(event, phone="0900 000 002")
    assert arrived(event, **said)[1] is Arrival.NEW


def test_who_withdrew_may_come_again_as_a_new_guest_and_who_was_refused_may_not(app, now):
    event = open_to_guests()
    first = arrived(event)[0]
    with unit_of_work():
        row = db.session.get_one(Registration, first.id)
        service.cancel(actor=replace(VISITOR, person_id=row.person_id), registration=row, reason="", now=now)
    second, how = arrived(event)
    assert (how, second.id != first.id, second.state) == (Arrival.NEW, True, PENDING)
    decided(event, second, reason="Hết chỗ", now=now)
    assert (arrived(event)[1], again(second).state) == (Arrival.KNOWN, RegistrationState.REFUSED)


@pytest.mark.parametrize(
    ("fields", "rules", "refusal"),
    [
        ({}, {"guests_allowed": False}, GuestsNotTaken),
        ({"state": EventState.CANCELLED}, {}, NotOffered),
        ({"state": EventState.POSTPONED}, {}, NotOffered),
        ({"registration_opens_at": 1}, {}, NotOpenYet),
        ({"registration_closes_at": 0}, {}, ClosedAlready),
        ({"starts_at": 0}, {}, AlreadyBegun),
    ],
)
def test_what_keeps_guests_out(app, now, fields, rules, refusal):
    late = {name: now + timedelta(seconds=value) for name, value in fields.items() if name != "state"}
    event = open_to_guests(**late)
    if rules:
        ruled(event, **rules)
    if "state" in fields:
        with unit_of_work() as session:
            session.get_one(type(event), event.id).state = fields["state"]
    with pytest.raises(refusal):
        arrived(event)
    assert (count(GuestEntry), letters()) == (0, [])


@pytest.mark.parametrize(
    ("audience", "papers", "circle"),
    [
        (Audience.BOTH, CARD, Circle.PRESS),
        (Audience.BOTH, None, Circle.OFFICIALS),
        (Audience.OFFICIALS, None, Circle.OFFICIALS),
    ],
)
def test_in_which_circle_a_guest_is_counted(app, audience, papers, circle):
    guest = arrived(open_to_guests(audience=audience), papers=papers)[0]
    assert (guest.circle, guest.credential) == (circle, papers.kind if papers else None)


def test_papers_are_shown_where_the_event_asks(app):
    event = open_to_guests(rules={"asks_credentials": True})
    for papers in (None, PressPapers(Credential.INTRODUCTION, "")):
        with pytest.raises(PapersWanted):
            arrived(event, papers=papers)
    assert (count(Registration), arrived(event, papers=CARD)[0].credential_number) == (0, "IBT 00123")


def test_the_questions_are_answered_and_where_he_takes_part_is_kept(app, now):
    event = open_to_guests(mode=EventMode.BOTH)
    with unit_of_work():
        draft = QuestionDraft("text", "Câu hỏi gửi trước", is_required=True)
        asked = add_question(actor=an_organizer(), event_id=event.id, draft=draft, now=now).id
    with pytest.raises(AnswerMissing):
        arrived(event)
    assert count(GuestEntry) == 0
    guest = arrived(event, answers={asked: "Bao giờ có số liệu?"}, place=Place.ONLINE)[0]
    assert guest.place is Place.ONLINE


def test_the_link_is_renewed_by_organizers_and_the_old_one_is_told_from_a_wrong_one(app, now):
    event = open_to_guests()
    old = guest_secret(event.id, 1, key=KEY)
    assert find_by_guest_link(old, key=KEY)[2] is False
    with unit_of_work(), pytest.raises(NotAllowed):
        service.renew_guest_link(actor=himself(make_person()), event_id=event.id, now=now)
    before = rules_of(event.id)
    with unit_of_work():
        service.renew_guest_link(actor=an_organizer(), event_id=event.id, now=now)
    after = rules_of(event.id)
    assert (after.guest_generation, after.version) == (2, before.version + 1)
    assert find_by_guest_link(old, key=KEY)[2] is True
    assert find_by_guest_link(guest_secret(event.id, 2, key=KEY), key=KEY)[2] is False
    for wrong in (guest_secret(event.id, 3, key=KEY), old[:-1], f"{event.id}-", "x", guest_secret(9**9, 1, key=KEY)):
        assert find_by_guest_link(wrong, key=KEY) is None
    assert log("event.guest_link_renewed") == [{}]


def test_a_link_that_is_not_given_out_cannot_be_renewed(app, now):
    event = make_event()
    with unit_of_work(), pytest.raises(GuestsNotTaken):
        service.renew_guest_link(actor=an_organizer(), event_id=event.id, now=now)
    with unit_of_work(), pytest.raises(Unknown):
        service.renew_guest_link(actor=an_organizer(), event_id=9_999_999, now=now)


def test_a_guest_without_an_address_gets_no_letter(app):
    guest = arrived(open_to_guests(), email="", phone="0900000002")[0]
    db.session.rollback()
    assert db.session.scalars(select(Message)).all() == []
    assert guest.state is PENDING


def test_those_who_were_cancelled_keep_what_they_wrote(app):
    event = open_to_guests()
    guest = arrived(event)[0]
    cancelled(guest, actor=an_organizer(), reason="Trùng")
    assert [row.organisation for row in guests_of(event.id).decided] == ["Báo Mẫu Xa"]
