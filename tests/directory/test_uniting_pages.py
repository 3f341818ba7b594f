"""Rows of one person as pages: listed, told apart, looked at side by side, united and parted; who may."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, ToldApart
from kstthc_training.registrations.addresses import ticket_link
from kstthc_training.registrations.enums import RegistrationState
from tests.attendance.doors import close, put_mark, sessions_of
from tests.directory.mergers import only
from tests.directory.pages import keeper, reader
from tests.directory.test_index_page import texts
from tests.directory.unitings import result_of, united
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

LIST, LOOK = "/danh-ba/nguoi/trung", "/danh-ba/nguoi/gop"


@pytest.fixture
def pair(now):
    here = make_organisation("Sở Mẫu Đôi")
    kept = make_person("Lê Mẫu An", organisation_id=here.id, title="Chuyên viên", phone="0900000001")
    other = make_person("LE MAU AN", organisation_id=here.id, title="Trưởng phòng", phone="0900000044")
    return kept, other


@pytest.fixture
def client(client_for, pair):
    return keeper(client_for)


def chosen(*people, **more):
    return {"nguoi": [person.id for person in people], **more}


def look(client, *people, **more):
    answer = client.get(LOOK, query_string=chosen(*people, **more))
    return answer.status_code, html.fromstring(answer.text)


def sent(page):
    """What the form of the preview sends when nothing is touched."""
    form = page.xpath("//form[@method='post'][contains(@action, '/gop')]")[0]
    return [(name, value) for name, value in form.form_values() if name != "csrf_token"]


def press(client, page, **changes):
    pairs = [(name, value) for name, value in sent(page) if name not in changes]
    data = {}
    for name, value in [*pairs, *changes.items()]:
        data.setdefault(name, []).append(value)
    return client.post(LOOK, data=data)


def test_those_who_may_be_one_person_are_listed_with_what_speaks_for_it(client, pair):
    make_registration(make_event(), pair[1])
    page = client.page(LIST)
    assert texts(page, "//section//h2") == ["LE MAU AN"]  # of those who may stay the one with more history
    assert texts(page, "//div[@class='card__h']//span[contains(@class, 'tag')]") == ["Cùng tên, cùng đơn vị"]
    assert texts(page, "//td[contains(@class, 'side')]") == ["1 cuộc", "0 cuộc"]
    assert texts(client.page("/danh-ba/nguoi"), "//nav[@class='tabs']/a") == ["Nơi", "Người", "Có thể trùng 1"]


def test_told_apart_they_do_not_come_again_until_that_is_taken_back(client, pair):
    ids = [person.id for person in pair]
    for _ in range(2):
        answer = client.post(f"{LIST}/khong-phai", data={"nguoi": ids})
        assert (answer.status_code, answer.location) == (303, LIST)
    assert texts(client.page(LIST), "//main//h2") == ["Không thấy ai trùng"]
    assert (only(ToldApart).low_id, only(ToldApart).high_id) == tuple(sorted(ids))
    assert only(AuditEntry, action="person.told_apart").facts == {"others": [max(pair, key=lambda p: p.id).full_name]}
    assert "Có thể là một người" not in client.get(f"/danh-ba/nguoi/{ids[0]}").text
    client.post(f"{LIST}/xem-lai", data={"nguoi": ids})
    assert texts(client.page(LIST), "//section//h2") == ["Lê Mẫu An"]
    assert client.post(f"{LIST}/khong-phai", data={"nguoi": ids[:1]}).status_code == 404


@pytest.mark.parametrize("act", ["khong-phai", "xem-lai"])
def test_more_than_can_be_looked_at_are_told_apart_by_nobody(client, pair, act):
    ids = [person.id for person in pair] + [make_person().id for _ in range(39)]
    answer = client.post(f"{LIST}/{act}", data={"nguoi": ids})
    assert (answer.status_code, answer.location) == (303, LIST)
    assert "nhiều nhất 40 dòng" in client.get(LIST).text
    assert db.session.scalars(select(ToldApart)).all() == []


def test_the_list_has_the_same_statements_for_many(client, pair, statements):
    counts = []
    for many in (1, 10):
        for number in range(many):
            for _ in range(2):
                make_person(f"Ai Mẫu {many} {number}", organisation_id=pair[0].organisation_id)
        client.get(LIST)
        with statements() as seen:
            client.get(LIST)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_preview_shows_what_contradicts_side_by_side_and_changes_nothing(client, pair):
    kept, other = pair
    event = make_event("Hội nghị chung")
    make_registration(event, kept, state=RegistrationState.WAITING)
    make_registration(event, other)
    make_registration(make_event(), other)
    status, page = look(client, kept, other)
    assert status == 200
    assert page.xpath("//input[@name='giu'][@checked]/@value") == [str(other.id)]  # it has more history
    assert texts(page, "//fieldset/legend")[1:] == ["Họ và tên", "Chức vụ", "Email", "Điện thoại"]
    assert page.xpath("//input[@name='lay-title'][@checked]/@value") == [str(other.id)]
    said = " ".join(texts(page, "//dl[@class='diff']/dd"))
    assert "Đã đăng ký + Chờ chỗ → Đã đăng ký" in said
    assert "Không dòng nào có tài khoản" in said
    assert only(Person, id=kept.id).merged_into_id is None
    _status, page = look(client, kept, other, giu=kept.id)
    assert page.xpath("//input[@name='lay-title'][@checked]/@value") == [str(kept.id)]


def test_the_preview_comes_as_a_part_of_the_page(client, pair):
    query = chosen(*pair)
    whole = client.get(LOOK, query_string=query).text
    part = client.get(LOOK, query_string=query, headers={"HX-Request": "true", "HX-Target": "gop"}).text
    assert part.strip().startswith('<div id="gop">')
    assert part.strip().splitlines()[-1] in whole


def test_united_as_looked_at_and_parted_with_one_press(client, pair):
    kept, other = pair
    mine = make_registration(make_event(), other)
    _status, page = look(client, kept, other, giu=kept.id)
    answer = press(client, page, **{"lay-title": other.id})
    assert (answer.status_code, answer.location) == (303, f"/danh-ba/nguoi/{kept.id}")
    assert only(Person, id=kept.id).title == "Trưởng phòng"
    gone = client.get(f"/danh-ba/nguoi/{other.id}")
    assert (gone.status_code, gone.location) == (303, f"/danh-ba/nguoi/{kept.id}")
    for address in (f"/danh-ba/nguoi/{other.id}/sua",):
        assert client.get(address).location == client.post(address).location == f"/danh-ba/nguoi/{kept.id}"
    act = only(DirectoryAct)
    assert texts(client.page(f"{LOOK}/da-gop"), "//td[contains(@class, 'main')]") == ["Lê Mẫu An"]
    told = client.page(f"{LOOK}/{act.id}")
    assert texts(told, "//dl[@class='diff']/dd") == ["Lê Mẫu An", "LE MAU AN", "1 cuộc"]
    answer = client.post(f"{LOOK}/{act.id}/hoan-tac")
    assert (answer.status_code, answer.location) == (303, f"{LOOK}/{act.id}")
    assert (only(Person, id=other.id).merged_into_id, only(type(mine), id=mine.id).person_id) == (None, other.id)
    assert "Đã hoàn tác lúc" in client.get(f"{LOOK}/{act.id}").text
    assert client.post(f"{LOOK}/{act.id}/hoan-tac").status_code == 303  # a second press says so


def test_marks_that_contradict_are_chosen_from(client, pair):
    kept, other = pair
    event = make_event("Tập huấn", starts_at=clock.now() - timedelta(days=3))
    mine, theirs = (make_registration(event, each) for each in pair)
    put_mark(event, mine.id, MarkStatus.ABSENT, now=event.starts_at)
    put_mark(event, theirs.id, MarkStatus.PRESENT, now=event.starts_at)
    close(event, now=clock.now())
    [session] = sessions_of(event)
    _status, page = look(client, kept, other, giu=kept.id)
    assert texts(page, f"//input[@name='buoi-{session.id}']/following-sibling::span/b") == ["Vắng không lý do", "Có mặt"]
    press(client, page, **{f"buoi-{session.id}": mine.id})
    assert result_of(mine) == (kept.id, 0, 1, False)


def test_somebody_else_was_faster(client, pair):
    kept, other = pair
    _status, page = look(client, kept, other)
    with unit_of_work():
        db.session.get_one(Person, other.id).version += 1
    answer = press(client, page)
    assert answer.status_code == 422
    assert "Danh bạ vừa thay đổi nên chưa gộp gì." in answer.text
    united(kept, other)
    status, page = look(client, kept, other)
    assert (status, texts(page, "//div[contains(@class, 'errsum')]//li")) == (
        422, ["Dòng LE MAU AN đã được gộp với dòng khác. Bỏ dòng này ra rồi xem lại."],
    )  # fmt: skip


def test_three_rows_of_which_one_is_taken_off(client, pair):
    third = make_person("Lê Mẫu An", phone="0900000044")
    _status, page = look(client, *pair, third)
    assert len(page.xpath("//input[@name='giu'][@type='radio']")) == 3
    _status, page = look(client, *pair, third, bo=third.id)
    assert len(page.xpath("//input[@name='giu'][@type='radio']")) == 2
    _status, page = look(client, pair[0], q="le mau an")
    assert sorted(page.xpath("//button[@name='them']/@value")) == sorted(str(each.id) for each in (pair[1], third))
    assert page.xpath("//form[@method='post'][contains(@action, 'gop')]") == []


def test_two_accounts_are_the_administrators_to_unite(client, client_for, pair):
    accounts = [make_account(Role.LEADER, person=person) for person in pair]
    _status, page = look(client, *pair)
    assert "việc này do người quản trị làm" in page.text_content()
    assert page.xpath("//main//button[contains(., 'Gộp thành một người')]") == []
    answer = client.post(LOOK, data={**chosen(*pair), **{f"phien-{each.id}": each.version for each in pair}})
    assert answer.status_code == 422
    administrator = client_for(make_account(Role.ADMINISTRATOR))
    _status, page = look(administrator, *pair)
    assert "mất vai trò: Lãnh đạo" in page.text_content()
    press(administrator, page)
    act = only(DirectoryAct)
    closed = only(Account, id=accounts[1].id)
    assert closed.disabled_at is not None
    client.post(f"{LOOK}/{act.id}/hoan-tac")
    assert only(Account, id=accounts[1].id).disabled_at is not None
    administrator.post(f"{LOOK}/{act.id}/hoan-tac")
    assert only(Account, id=accounts[1].id).disabled_at is None


def test_what_stands_against_undoing_is_told(client, pair):
    kept, other = pair
    act_id = united(kept, other)
    with unit_of_work():
        db.session.get_one(Person, kept.id).title = "Phó phòng"
    united(make_person(), kept)
    answer = client.post(f"{LOOK}/{act_id}/hoan-tac")
    assert answer.status_code == 422
    assert "Lê Mẫu An đã được gộp tiếp với một dòng khác." in answer.text


def test_the_ticket_of_the_closed_row_opens_that_of_the_other(client, pair):
    kept, other = pair
    event = make_event(capacity=9)
    mine, theirs = (make_registration(event, each) for each in pair)
    address = ticket_link(theirs.id).partition("/ve/")[2]
    united(kept, other)
    page = client.page(f"/ve/{address}")
    assert texts(page, "//h1") and "Lê Mẫu An" in page.text_content()
    assert ticket_link(theirs.id) == ticket_link(mine.id)


def test_the_second_row_is_gone_from_the_organizers_table(client, pair):
    kept, other = pair
    event = make_event(capacity=9)
    for each in pair:
        make_registration(event, each)
    united(kept, other)
    page = client.page(f"/hop/{event.code}/quan-ly/dang-ky")
    assert "LE MAU AN" not in page.text_content()
    assert "Lê Mẫu An" in page.text_content()


def test_leaders_read_and_do_not_unite(client_for, pair):
    browser = reader(client_for)
    for address in (LIST, LOOK, f"{LOOK}/da-gop"):
        assert browser.get(address).status_code == 403
    assert "Có thể trùng" not in browser.get("/danh-ba/nguoi").text
    assert browser.post(LOOK, data=chosen(*pair)).status_code == 403
    assert browser.post(f"{LIST}/khong-phai", data=chosen(*pair)).status_code == 403
    assert keeper(client_for).get(f"{LOOK}?nguoi=999999").status_code == 404
