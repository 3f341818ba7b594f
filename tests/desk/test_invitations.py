"""Mời: who was invited, what they said, and what is done with several of them."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from tests.attendance.doors import close, put_mark
from tests.invitations.asked import accepted, declined, invitation_of, invited, letters_to, names_given, now_of, standing_of
from tests.registrations.seats import a_member
from tests.support.browser import without_tokens
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration, make_venue
from tests.support.forms import submit


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(app):
    return make_event("Tập huấn số hóa", capacity=50)


def a_commune(name, **fields):
    return make_organisation(name, kind="commune", level="commune", **{"email": "xa@mau.example", **fields})


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/moi{act}"


def texts(page, path):
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


FIGURES = "//a[contains(@class, 'fig')]//span[@class='v' or starts-with(@class, 'v ')]"
NAMES = "//td[contains(@class, 'main')]"
TAGS = "//td[contains(@class, 'side')]"


def of_every_standing(event):
    bodies = [a_commune(f"UBND xã Số {n}", email=f"xa{n}@mau.example") for n in range(5)]
    named, promised, no, silent, unreached = invited(event, *bodies, places=2)
    names_given(named, a_member(bodies[0], full_name="Lê Mẫu Ái"))
    accepted(promised, 2)
    declined(no, "Bận lớp bồi dưỡng")
    with unit_of_work() as session:
        session.execute(update(Message).where(Message.link_id == unreached.id).values(state=MessageState.FAILED))
    return named, promised, no, silent, unreached


def test_an_event_without_invitations_says_what_to_do(browser, event):
    page = browser.page(address(event))
    assert "Chưa mời nơi nào" in page.text_content()
    assert page.xpath(f"//a[@href='{address(event, '/them')}']")


def test_the_list_tells_every_standing_apart(browser, event):
    of_every_standing(event)
    page = browser.page(address(event))
    assert texts(page, FIGURES) == ["1 nơi"] * 5
    assert texts(page, TAGS) == ["Đã cử tên", "Nhận lời", "Từ chối", "Chưa trả lời", "Thư chưa tới"]
    text = page.text_content()
    for said in ("Lê Mẫu Ái", "Giữ 2 chỗ, tên sau", "Bận lớp bồi dưỡng", "1/2", "chưa mở thư", "5 trong 5 nơi"):
        assert said in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?tt=tu-choi", ["UBND xã Số 2"]),
        ("?q=so+3", ["UBND xã Số 3"]),
        ("?q=kh%C3%B4ng", []),
        ("?tt=sai", 5),
        ("?dv=x", 5),
        ("?tt=da-thu-hoi", []),
    ],
)
def test_the_list_is_narrowed_by_standing_and_words(browser, event, asked, found):
    of_every_standing(event)
    names = texts(browser.page(address(event) + asked), NAMES)
    assert (len(names) if isinstance(found, int) else names) == found


def test_the_list_is_a_fragment_of_its_page(browser, event):
    of_every_standing(event)
    here = address(event, "?tt=tu-choi")
    part = without_tokens(browser.fragment(here, "danh-sach").text)
    assert part.strip().startswith('<form id="danh-sach"')
    assert part in without_tokens(browser.get(here).text)


def test_those_ticked_are_reminded(browser, event):
    *_others, silent, _unreached = of_every_standing(event)
    answer = submit(browser, address(event), {"id": str(silent.id)}, action=address(event, "/nhac"))
    assert answer.status_code == 303
    assert "Đã nhắc 1 nơi." in browser.page(address(event)).text_content()
    assert now_of(silent).reminders == 1


def test_the_deadline_of_those_ticked_is_moved(browser, event):
    *_others, silent, _unreached = of_every_standing(event)
    typed = {"id": str(silent.id), "day": "22/03/2026", "hour": "17:00"}
    assert submit(browser, address(event), typed, action=address(event, "/gia-han")).status_code == 303
    assert now_of(silent).answer_by.isoformat() == "2026-03-22T10:00:00+00:00"


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("/gia-han", {"day": "sai", "hour": "17:00"}, "Ngày không đọc được"),
        ("/gia-han", {"day": "30/03/2026", "hour": "17:00"}, "Hạn trả lời phải sau lúc này"),
        ("/nhac", {"id": ""}, "Chưa chọn nơi nào."),
        ("/thu-hoi-cho", {"id": ""}, "Chưa chọn nơi nào."),
        ("/thu-hoi", {"id": "", "reason": "a" * 301}, "Dài 301 ký tự"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(browser, event, act, typed, said):
    *_others, silent, _unreached = of_every_standing(event)
    answer = submit(browser, address(event), {"id": str(silent.id), **typed}, action=address(event, act))
    assert answer.status_code == 422
    assert said in answer.text
    assert (now_of(silent).answer_by, now_of(silent).revoked_at, now_of(silent).reminders) == (None, None, 0)


def test_places_and_invitations_are_taken_back(browser, event):
    _named, promised, _no, silent, _unreached = of_every_standing(event)
    submit(browser, address(event), {"id": str(promised.id)}, action=address(event, "/thu-hoi-cho"))
    submit(browser, address(event), {"id": str(silent.id), "reason": "Đổi thành phần"}, action=address(event, "/thu-hoi"))
    assert (standing_of(promised), standing_of(silent)) == ("revoked", "revoked")
    assert "Đổi thành phần" in letters_to("xa3@mau.example")[-1].body
    page = browser.page(address(event, "?tt=da-thu-hoi"))
    assert len(texts(page, NAMES)) == 2


def test_not_coming_differs_from_no_and_silence(browser, event, now):
    body, other, silent = (a_commune(f"UBND xã Số {n}") for n in range(3))
    invited(event, body, other, silent)
    seen = make_registration(event, a_member(body))
    make_registration(event, a_member(other))
    put_mark(event, seen.id)
    close(event)
    page = browser.page(address(event))
    assert texts(page, TAGS) == ["Có mặt 1/1", "Vắng", "Chưa trả lời"]
    assert not page.xpath("//button[contains(., 'Nhắc trả lời')]")


def test_one_invitation_shows_its_way_and_its_link(browser, event):
    named, *_others = of_every_standing(event)
    page = browser.page(address(event, f"/{named.id}"))
    text = page.text_content()
    for said in ("UBND xã Số 0", "Lê Mẫu Ái", "Gửi giấy mời", "Cử người", "Đang chờ gửi"):
        assert said in text
    assert "/moi/" in page.xpath("//input[@id='lien-ket']/@value")[0]


def test_places_of_one_invitation_are_changed(browser, event):
    named, *_others = of_every_standing(event)
    here = address(event, f"/{named.id}")
    assert submit(browser, here, {"places": "3"}, action=f"{here}/so-cho").status_code == 303
    assert now_of(named).places == 3
    for wrong in ("0", "x", ""):
        answer = submit(browser, here, {"places": wrong}, action=f"{here}/so-cho")
        assert (answer.status_code, "Số chỗ là số nguyên từ 1 đến 1.000." in answer.text) == (422, True)
    stale = submit(browser, here, {"places": "4", "version": "1"}, action=f"{here}/so-cho")
    assert (stale.status_code, "Người khác vừa sửa." in stale.text) == (422, True)
    assert now_of(named).places == 3


def test_a_link_is_replaced(browser, event):
    named, *_others = of_every_standing(event)
    here = address(event, f"/{named.id}")
    before = browser.page(here).xpath("//input[@id='lien-ket']/@value")
    assert submit(browser, here, {}, action=f"{here}/lien-ket").status_code == 303
    assert browser.page(here).xpath("//input[@id='lien-ket']/@value") != before


def test_an_answer_by_telephone_is_noted(browser, event):
    *_others, silent, unreached = of_every_standing(event)
    here = address(event, f"/{silent.id}")
    submit(browser, here, {"answer": "yes", "accepted": "2"}, action=f"{here}/tra-loi")
    assert standing_of(silent) == "promised"
    answer = submit(browser, here, {"answer": "yes", "accepted": "9"}, action=f"{here}/tra-loi")
    assert (answer.status_code, "Được mời 2 chỗ" in answer.text) == (422, True)
    other = address(event, f"/{unreached.id}")
    submit(browser, other, {"answer": "no", "reason": "Bận"}, action=f"{other}/tra-loi")
    assert standing_of(unreached) == "declined"


def test_a_persons_answer_is_noted(browser, event):
    (own,) = invited(event, people=[make_person()])
    here = address(event, f"/{own.id}")
    submit(browser, here, {"answer": "yes"}, action=f"{here}/tra-loi")
    assert standing_of(own) == "named"


def test_invitations_of_other_events_are_unknown(browser, event):
    (other,) = invited(make_event(), a_commune("UBND xã Khác"))
    assert browser.get(address(event, f"/{other.id}")).status_code == 404
    assert browser.get(address(event, "/999")).status_code == 404


def test_members_see_nothing_of_it(client_for, event):
    stranger = client_for(make_account())
    for act in ("", "/them", "/1"):
        assert stranger.get(address(event, act)).status_code == 403


def test_the_number_of_statements_does_not_grow(browser, event, statements):
    invited(event, a_commune("UBND xã Đầu"))
    browser.page(address(event))
    with statements() as few:
        browser.page(address(event))
    of_every_standing(event)
    with statements() as many:
        browser.page(address(event))
    assert len(many) == len(few)


def test_the_release_of_a_draft_sends_its_letters(browser, now):
    given = {"contact_name": "Lý Mẫu Sang", "contact_phone": "0912345678", "chair": "Bà Mẫu"}
    event = make_event(state=EventState.DRAFT, starts_at=now + timedelta(days=9), venue_id=make_venue().id, **given)
    body = a_commune("UBND xã Mẫu")
    invited(event, body)
    page = browser.page(address(event))
    assert "Chưa gửi" in page.text_content()
    submit(browser, f"/hop/{event.code}/quan-ly", {}, action=f"/hop/{event.code}/phat-hanh")
    assert invitation_of(event, organisation_id=body.id).sent_at is not None
    assert [letter.kind for letter in letters_to("xa@mau.example")] == ["invitation"]
