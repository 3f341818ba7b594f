"""The pages behind the link of an invitation: opened by anyone who holds it, dead when it should be."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import author_words
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience, EventState
from kstthc_training.invitations import service
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.invitations.queries import named_at
from kstthc_training.people.models import AttemptCount
from tests.invitations.asked import acts, deadlines, invited, now_of, standing_of
from tests.nominations.test_invited_pages import replaced_in
from tests.registrations.actors import an_organizer
from tests.registrations.seats import a_member, pools, pools_wrong
from tests.support.factories import make_event, make_organisation, make_person
from tests.support.forms import submit


@pytest.fixture
def body(app):
    return make_organisation("UBND xã Mẫu", kind="commune", level="commune", email="xa@mau.example")


@pytest.fixture
def event(app):
    return make_event("Tập huấn số hóa", capacity=9, audience=Audience.PRESS)


@pytest.fixture
def invitation(event, body):
    return invited(event, body, places=2)[0]


def link(invitation):
    address = "/moi/" + invitation_link(invitation.id).rpartition("/")[2]
    db.session.rollback()
    return address


def test_the_page_says_to_what_and_how_and_notes_only_that_it_was_opened(client, invitation, now):
    here = link(invitation)
    page = client.page(here)
    text = page.text_content()
    for said in ("Kính mời UBND xã Mẫu", "Tập huấn số hóa", "2 chỗ", "Cử người", "Nhận, tên sau", "Báo không dự được"):
        assert said in text
    client.page(here)
    assert (now_of(invitation).opened_at, acts(invitation)) == (now, ["made", "sent", "opened"])
    assert client.get(here).headers["Referrer-Policy"] == "strict-origin"
    assert standing_of(invitation) == "unanswered"


def test_places_are_taken_and_named_without_an_account(client, invitation, event, body):
    here, person = link(invitation), a_member(body, full_name="Lê Mẫu Ái")
    assert submit(client, here, {"places": "2"}, action=f"{here}/nhan").status_code == 303
    assert "Đã giữ 2 chỗ, chưa có tên" in client.page(here).text_content()
    naming = f"{here}/cu-nguoi"
    assert "Lê Mẫu Ái" in client.page(naming).text_content()
    named = submit(client, naming, {"nguoi": str(person.id), "new_people-0-full_name": "Danh Mẫu Bảo", "cu": "1"})
    assert (named.status_code, named.headers["Location"]) == (303, here)
    text = client.page(here).text_content()
    assert "Đã cử 2 người" in text and "Danh Mẫu Bảo" in text
    assert (pools(event)["event", ""][0], pools_wrong(event)) == (2, [])
    db.session.rollback()
    by = set(db.session.scalars(select(AuditEntry.actor_name).where(AuditEntry.action == "invitation.accepted")))
    with force_locale("vi"):
        assert [author_words(name) for name in by] == ["liên kết mời của UBND xã Mẫu"]


def test_somebody_named_is_withdrawn(client, invitation, body):
    here, person = link(invitation), a_member(body, full_name="Lê Mẫu Ái")
    submit(client, f"{here}/cu-nguoi", {"nguoi": str(person.id), "cu": "1"})
    number = client.page(here).xpath("//button[@name='id']/@value")[0]
    assert submit(client, here, {"id": number}, action=f"{here}/rut").status_code == 303
    assert "Đã rút tên Lê Mẫu Ái." in client.page(here).text_content()


def test_nobody_can_come(client, invitation):
    here = link(invitation)
    assert submit(client, here, {"reason": "Bận họp"}, action=f"{here}/khong-du").status_code == 303
    assert (now_of(invitation).answer, now_of(invitation).reason) == ("declined", "Bận họp")
    assert "Đã báo không dự được" in client.page(here).text_content()


def test_a_person_answers_in_two_taps(client, event):
    (own,) = invited(event, people=[make_person("Danh Mẫu Bảo")])
    here = link(own)
    assert "Tôi sẽ dự" in client.page(here).text_content()
    submit(client, here, {}, action=f"{here}/nhan")
    assert standing_of(own) == "named"
    page = client.page(here)
    assert "Đã đăng ký" in page.text_content() and "Tôi sẽ dự" not in page.text_content()
    submit(client, here, {}, action=f"{here}/khong-du")
    assert standing_of(own) == "declined"
    assert client.get(f"{here}/cu-nguoi").status_code == 404


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("/nhan", {"places": "3"}, "Được mời 2 chỗ. Hãy chọn từ 1 đến 2."),
        ("/nhan", {"places": "x"}, "Số chỗ là số nguyên"),
        ("/khong-du", {"reason": "a" * 301}, "Dài 301 ký tự"),
    ],
)
def test_an_answer_that_cannot_be_stores_nothing(client, invitation, act, typed, said):
    here = link(invitation)
    answer = submit(client, here, typed, action=here + act)
    assert (answer.status_code, said in answer.text, now_of(invitation).answer) == (422, True, "none")


def test_naming_nobody_or_too_many_is_refused(client, invitation, body):
    here, people = f"{link(invitation)}/cu-nguoi", [a_member(body) for _n in range(3)]
    nobody = submit(client, here, {"cu": "1"})
    assert (nobody.status_code, "Hãy chọn ít nhất một người" in nobody.text) == (422, True)
    many = submit(client, here, {"nguoi": [str(person.id) for person in people], "cu": "1"})
    assert (many.status_code, "Được mời 2 chỗ" in many.text) == (422, True)
    stranger = submit(client, here, {"nguoi": str(make_person().id), "cu": "1"})
    assert stranger.status_code == 404


def test_searching_and_adding_rows_keep_what_is_there(client, invitation, body):
    here, person = f"{link(invitation)}/cu-nguoi", a_member(body, full_name="Lê Mẫu Ái")
    found = submit(client, here, {"nguoi": str(person.id), "q": "khong ai", "tim": "1"})
    assert "Lê Mẫu Ái" in found.text
    added = submit(client, here, {"new_people-0-full_name": "Danh Mẫu Bảo", "them": "1"})
    assert "new_people-1-full_name" in added.text


def test_after_the_deadline_the_page_says_so(client, invitation, event, now):
    deadlines(event, now)
    page = client.page(link(invitation))
    assert "Hết hạn trả lời" in page.text_content()
    assert not page.xpath("//form[contains(@action, '/nhan')]")


def test_a_dead_link_says_why(client, invitation, event, now):
    here = link(invitation)
    with unit_of_work():
        service.renew_link(actor=an_organizer(), invitation=invitation, now=now)
    fresh = link(invitation)
    assert "Liên kết này đã được thay." in client.page(here, 410).text_content()
    with unit_of_work():
        service.revoke(actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], reason="", now=now)
    assert "Ban tổ chức đã thu hồi giấy mời này." in client.page(fresh, 410).text_content()
    assert client.post(f"{fresh}/nhan", data={"places": "1"}).status_code == 410


@pytest.mark.parametrize("page", ["/danh-sach", "/doi?ai=1", "/tra-loi/1", "/cu-nguoi"])
def test_no_page_behind_a_dead_or_altered_link_opens_or_names(client, invitation, event, body, page, now):
    here, other = link(invitation), link(invited(make_event(), body)[0])
    named = {"rows-0-full_name": "Mai Mẫu Mới", "rows-0-chon": "y", "new_people-0-full_name": "Mai Mẫu Mới", "cu": "1"}
    altered = here[:-1] + ("a" if here[-1] != "a" else "b")
    with unit_of_work():
        service.renew_link(actor=an_organizer(), invitation=invitation, now=now)
    for dead, status in ((here, 410), (altered, 404), (f"{other[:8]}{here[8:]}", 404)):
        assert (client.get(dead + page).status_code, client.post(dead + page, data=named).status_code) == (status, status)
    assert named_at(event.id) == {}


def test_the_link_dies_with_the_event(client, invitation, event):
    here = link(invitation)
    with clock.frozen(event.ends_at - timedelta(seconds=1)):
        assert "đã bắt đầu" in client.page(here).text_content()
    with clock.frozen(event.ends_at):
        assert "Cuộc họp đã kết thúc" in client.page(here, 410).text_content()
    with unit_of_work() as session:
        session.get_one(type(event), event.id).state = EventState.CANCELLED
    assert "Cuộc họp đã hủy" in client.page(here, 410).text_content()


def test_a_wrong_link_is_unknown_and_counted(client, invitation):
    for wrong in (link(invitation)[:-1] + "_", "/moi/1-x", "/moi/x"):
        assert client.get(wrong).status_code == 404
    db.session.rollback()
    assert sum(db.session.scalars(select(AttemptCount.attempts))) == 3


def test_the_draft_of_an_event_is_unknown(client, body):
    (asked,) = invited(make_event(state=EventState.DRAFT), body)
    assert client.get(link(asked)).status_code == 404


def test_the_number_of_statements_does_not_grow(client, invitation, body, statements):
    here = link(invitation)
    client.page(here)
    with statements() as few:
        client.page(here)
        client.page(f"{here}/cu-nguoi")
    for _n in range(5):
        a_member(body)
    with statements() as many:
        client.page(here)
        client.page(f"{here}/cu-nguoi")
    assert len(many) == len(few)


def test_another_comes_in_the_place_of_somebody_named(client, invitation, body):
    here, person = link(invitation), a_member(body, full_name="Lê Mẫu Ái")
    other = a_member(body, full_name="Mai Mẫu Cường")
    submit(client, f"{here}/cu-nguoi", {"nguoi": str(person.id), "cu": "1"})
    (swap,) = client.page(f"{here}/cu-nguoi").xpath("//a[contains(@href, '/doi?')]/@href")
    assert client.page(here).xpath("//a[contains(@href, '/doi?')]/@href") == [swap]
    answer = client.post(f"{here}/doi", data={"id": replaced_in(client.page(swap)), "nguoi": str(other.id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{here}/cu-nguoi")
    assert "Mai Mẫu Cường dự thay Lê Mẫu Ái." in client.page(f"{here}/cu-nguoi").text_content()
