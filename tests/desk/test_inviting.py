"""Mời ai: choosing by level, kind, area, group and one by one; who gets what; deadlines."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.invitations.models import Invitation, InviteeGroup
from kstthc_training.invitations.queries import deadlines_of
from kstthc_training.mandates.calling import mandatory_at
from kstthc_training.mandates.service import exempt_people
from kstthc_training.organisations.models import OrganisationKind, OrganisationLevel
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from tests.invitations.asked import invitation_of, invited, letters_to
from tests.mandates.ordered import ordered
from tests.support.browser import without_tokens
from tests.support.factories import make_account, make_event, make_organisation, make_person
from tests.support.forms import submit


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(app):
    return make_event("Tập huấn số hóa", capacity=3)


@pytest.fixture
def province(app):
    """Two districts below the province, with two communes and one."""
    top = make_organisation("UBND tỉnh", level="province")
    first, second = (make_organisation(f"UBND huyện {n}", parent_id=top.id, level="district") for n in "AB")
    communes = [
        make_organisation(f"UBND xã {n}", kind="commune", level="commune", parent_id=above.id, email=f"xa{n}@mau.example")
        for n, above in ((1, first), (2, first), (3, second))
    ]
    return first, second, communes


def here(event):
    return f"/hop/{event.code}/quan-ly/moi/them"


def number(table, code):
    return db.session.scalars(select(table.id).where(table.code == code)).one()


def places(event):
    db.session.rollback()
    rows = db.session.execute(select(Invitation.organisation_id, Invitation.places).where(Invitation.event_id == event.id))
    return dict(map(tuple, rows))


def texts(page, path):
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def test_a_level_is_invited_and_an_area_of_it_with_other_places(browser, event, province):
    first, _second, communes = province
    level = number(OrganisationLevel, "commune")
    area = f"dia-ban-{level}-{first.id}"
    typed = {"chon": [f"cap-{level}", area], f"cho-cap-{level}": "1", f"cho-{area}": "2"}
    answer = submit(browser, here(event), typed, button="moi")
    assert answer.status_code == 303
    assert places(event) == {communes[0].id: 2, communes[1].id: 2, communes[2].id: 1}
    assert len(letters_to("xa3@mau.example")) == 1


def test_a_kind_and_one_organisation_with_places_of_its_own(browser, event, province):
    _first, _second, communes = province
    kind = number(OrganisationKind, "commune")
    own = f"noi-{communes[2].id}"
    submit(browser, here(event), {"chon": [f"loai-{kind}", own], f"cho-{own}": "5"}, button="moi")
    assert places(event) == {communes[0].id: 1, communes[1].id: 1, communes[2].id: 5}


def test_what_was_ticked_stays_through_other_ways_of_choosing(browser, event, province):
    level = number(OrganisationLevel, "commune")
    typed = {"chon": f"cap-{level}", f"cho-cap-{level}": "2", "theo": "noi", "dang": "cap"}
    answer = submit(browser, here(event), typed)
    assert f'name="chon" value="cap-{level}"' in answer.text
    assert "Mời 3 đơn vị, 6 chỗ." in answer.text
    assert places(event) == {}


def test_organisations_and_people_are_found_and_invited(browser, event, province):
    _first, _second, communes = province
    person = make_person("Danh Mẫu Bảo", email="bao@mau.example")
    answer = submit(browser, here(event), {"dang": "noi", "q": "xa 2", "tim": "1"})
    assert f"noi-{communes[1].id}" in answer.text
    answer = submit(browser, here(event), {"dang": "noi", "q": "mau bao", "tim": "1"})
    assert f"nguoi-{person.id}" in answer.text
    submit(browser, here(event), {"dang": "noi", "chon": [f"nguoi-{person.id}", f"noi-{communes[1].id}"]}, button="moi")
    assert invitation_of(event, person_id=person.id) is not None
    assert [letter.kind for letter in letters_to("bao@mau.example")] == ["invitation"]


def test_those_chosen_are_kept_as_a_group_and_invited_by_it(browser, event, province):
    _first, _second, communes = province
    own = f"noi-{communes[0].id}"
    typed = {"chon": own, f"cho-{own}": "3", "group_name": "Các xã biên giới"}
    assert "Đã lưu nhóm “Các xã biên giới”." in submit(browser, here(event), typed, button="luu-nhom").text
    again = submit(browser, here(event), typed, button="luu-nhom")
    assert (again.status_code, "Đã có nhóm tên" in again.text) == (422, True)
    nameless = submit(browser, here(event), {**typed, "group_name": ""}, button="luu-nhom")
    assert (nameless.status_code, "Hãy đặt tên cho nhóm." in nameless.text) == (422, True)
    db.session.rollback()
    group = db.session.scalars(select(InviteeGroup.id)).one()
    submit(browser, here(event), {"dang": "nhom", "chon": f"nhom-{group}"}, button="moi")
    assert places(event) == {communes[0].id: 3}


def test_who_gets_what_says_what_to_look_at(browser, event, province):
    make_organisation("UBND xã Không Thư", kind="commune", level="commune")
    make_organisation("UBND xã 1", kind="commune", level="commune", email="khac@mau.example")
    spoken = make_organisation("UBND xã Có Đầu Mối", kind="commune", level="commune")
    make_account(person=make_person("Lý Mẫu Sang", organisation_id=spoken.id), focal_of=spoken)
    other = make_event()
    invited(other, province[2][1])
    with unit_of_work() as session:
        session.execute(Message.__table__.update().values(state=MessageState.FAILED))
    level = number(OrganisationLevel, "commune")
    text = submit(browser, here(event), {"chon": f"cap-{level}"}, button="xem").text
    for said in (
        "Không có địa chỉ thư", "Giấy in, văn thư chuyển", "Trùng tên nơi khác", "Thư trước không tới", "Lý Mẫu Sang",
        "Chưa có đầu mối", "Thư tới hộp thư chung", "4 nơi cần xem", "Với nơi đã mời là 6 chỗ trên 3.",
    ):  # fmt: skip
        assert said in text


def test_the_preview_is_a_fragment_of_the_page(browser, event, province):
    level = number(OrganisationLevel, "commune")
    data = {"chon": f"cap-{level}", "xem": "1"}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#ai-nhan-gi"}
    part = without_tokens(browser.post(here(event), data=data, headers=headers).text)
    assert part.strip().startswith('<div class="stack" id="ai-nhan-gi">')
    assert part in without_tokens(browser.post(here(event), data=data).text)


def test_those_invited_already_are_not_chosen_again(browser, event, province):
    invited(event, province[2][0], places=2)
    level = number(OrganisationLevel, "commune")
    answer = submit(browser, here(event), {"chon": f"cap-{level}"}, button="xem")
    assert "Mời 2 đơn vị, 2 chỗ." in answer.text


@pytest.mark.parametrize("typed", [{}, {"chon": ["cap-x", "sai", "noi-", "cap-99", "dia-ban-1"]}])
def test_nobody_chosen_invites_nobody(browser, event, typed):
    answer = submit(browser, here(event), typed, button="moi")
    assert (answer.status_code, "Chưa chọn nơi nào." in answer.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_the_invitations_of_a_draft_wait(browser, province):
    draft = make_event(state=EventState.DRAFT)
    own = f"noi-{province[2][0].id}"
    assert "Thư chỉ đi khi phát hành." in browser.page(here(draft)).text_content()
    submit(browser, here(draft), {"chon": own}, button="moi")
    assert letters_to("xa1@mau.example") == []


def test_deadlines_are_set_and_shown(browser, event, now):
    action = f"/hop/{event.code}/quan-ly/moi/han"
    typed = {"day": "23/03/2026", "hour": "17:00", "week_before": "y", "tells_leaders": "y"}
    assert submit(browser, here(event), typed, action=action).status_code == 303
    saved = deadlines_of(event.id)
    assert (saved.answer_by.isoformat(), saved.remind_days) == ("2026-03-23T10:00:00+00:00", (7, 3, 0))
    assert saved.tells_leaders
    page = browser.page(here(event))
    assert page.xpath("//input[@name='day']/@value") == ["23/03/2026"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "23/03/2026", "hour": ""}, "Hãy gõ cả ngày và giờ"),
        ({"day": "30/04/2026", "hour": "8"}, "trước giờ họp"),
        ({"day": "sai", "hour": "8"}, "Ngày không đọc được"),
        ({"day": "23/03/2026", "hour": "8", "version": "7"}, "Người khác vừa sửa."),
    ],
)
def test_a_deadline_that_cannot_be_is_refused(browser, event, typed, said):
    answer = submit(browser, here(event), typed, action=f"/hop/{event.code}/quan-ly/moi/han")
    assert (answer.status_code, said in answer.text) == (422, True)
    assert deadlines_of(event.id).version == 0


def test_nobody_is_invited_once_the_event_began(browser, now):
    event = make_event(starts_at=now - timedelta(minutes=1))
    assert "không mời thêm" in browser.page(here(event)).text_content()


def test_the_number_of_statements_does_not_grow(browser, event, province, statements):
    level = number(OrganisationLevel, "commune")
    with statements() as few:
        browser.post(here(event), data={"chon": f"cap-{level}", "xem": "1"})
    for n in range(6):
        make_organisation(f"UBND xã Thêm {n}", kind="commune", level="commune", parent_id=province[0].id)
    with statements() as many:
        browser.post(here(event), data={"chon": f"cap-{level}", "xem": "1"})
    assert len(many) == len(few)


def test_whoever_must_still_be_trained_is_invited_by_organisation_and_the_event_counts(browser, event, province):
    _first, _second, communes = province
    people = [make_person(organisation_id=body.id) for body in (communes[0], communes[0], communes[2])]
    mandate_id = ordered(*people)
    shown = html.document_fromstring(browser.post(here(event), data={"theo": "dien"}).text)
    assert texts(shown, "//ul[contains(@class, 'tree')]/li//label") == [
        "Kiểm soát thủ tục hành chính 2 nơi",
        "mời đích danh từng người 3 người",
    ]
    submit(browser, here(event), {"chon": [f"dien-don-vi-{mandate_id}"]}, button="moi")
    assert places(event) == {communes[0].id: 2, communes[2].id: 1}
    assert mandatory_at(event.id) == {person.id for person in people}


def test_the_people_of_a_list_are_invited_by_name_but_for_the_exempt(browser, event, province):
    people = [make_person(organisation_id=province[0].id) for _ in range(3)]
    mandate_id = ordered(*people)
    with unit_of_work():
        exempt_people(actor=SYSTEM, mandate_id=mandate_id, person_ids=[people[1].id], document="12/QĐ-VP", now=clock.now())
    submit(browser, here(event), {"chon": [f"dien-nguoi-{mandate_id}"]}, button="moi")
    assert [invitation_of(event, person_id=person.id) is not None for person in people] == [True, False, True]
    assert mandatory_at(event.id) == {people[0].id, people[2].id}


def test_a_list_that_calls_nobody_is_not_offered(browser, event, province):
    assert "Diện bắt buộc" not in browser.page(here(event)).text_content()
    submit(browser, here(event), {"chon": ["dien-don-vi-77", "dien-nguoi-77"]}, button="moi")
    assert places(event) == {}


def test_a_deadline_typed_goes_out_with_the_invitations(browser, event, province):
    typed = {"chon": f"noi-{province[2][0].id}", "day": "23/03/2026", "hour": "17:00"}
    assert submit(browser, here(event), typed, button="moi").status_code == 303
    assert deadlines_of(event.id).answer_by.isoformat() == "2026-03-23T10:00:00+00:00"
    (letter,) = letters_to("xa1@mau.example")
    assert "23/03/2026" in letter.body


def test_nobody_is_invited_with_a_deadline_that_cannot_be(browser, event, province):
    typed = {"chon": f"noi-{province[2][0].id}", "day": "30/04/2026", "hour": "8"}
    answer = submit(browser, here(event), typed, button="moi")
    assert (answer.status_code, places(event), deadlines_of(event.id).version) == (422, {}, 0)
    assert html.fromstring(answer.text).xpath("//input[@name='day']/@value") == ["30/04/2026"]


def test_storing_the_deadline_keeps_what_is_ticked(browser, event, province):
    own, action = f"noi-{province[2][0].id}", f"/hop/{event.code}/quan-ly/moi/han"
    answer = submit(browser, here(event), {"chon": own, "day": "23/03/2026", "hour": "17:00"}, action=action)
    page = html.fromstring(answer.text)
    assert page.xpath("//input[@name='chon'][@checked or @type='hidden']/@value") == [own]
    assert page.xpath("//input[@name='version']/@value") == ["1"]
