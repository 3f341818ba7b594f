"""Mergers as pages: chosen by words, looked at, carried out, undone; what is refused, and who may."""

import pytest
from lxml import html

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.invitations.models import InviteeGroup, InviteeGroupMember
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person, RoleGrant
from tests.directory.mergers import DAY, communes, merged, only
from tests.directory.pages import keeper
from tests.directory.test_index_page import texts
from tests.invitations.asked import invited
from tests.support.factories import make_account, make_event, make_organisation, make_person

NEW = "/danh-ba/sap-nhap/moi"


@pytest.fixture
def three(now):
    return communes()


@pytest.fixture
def client(client_for, three):
    return keeper(client_for)


def asked(*before, into, **more):
    """What the form holds for a merger on the day."""
    values = {"effective_on": f"{DAY:%d/%m/%Y}", "legal_basis": "Nghị quyết 1654", "ends": "het", **more}
    return {"tu": [each.id for each in before], "vao": [each.id for each in into], **values}


def look(client, *before, into, **more):
    answer = client.get(NEW, query_string=asked(*before, into=into, **more))
    return answer.status_code, html.fromstring(answer.text)


def said(page):
    """What stands in the list of what would happen, by its heading."""
    return dict(zip(texts(page, "//dl[@class='diff']/dt"), texts(page, "//dl[@class='diff']/dd"), strict=True))


def test_organisations_are_found_by_words_and_chosen_one_by_one(client, three):
    page = client.page(f"{NEW}?q=ngoc+hoa")
    assert texts(page, "//button[@name='them_tu']") == ["Là nơi cũ UBND xã Ngọc Hòa"]
    page = client.page(f"{NEW}?them_tu={three[0].id}&vao={three[2].id}")
    assert texts(page, "//div[@class='arrow mb24']//h2") == ["UBND xã Ngọc Hòa", "UBND xã Hòa Thuận (mới)"]
    page = client.page(f"{NEW}?tu={three[0].id}&vao={three[2].id}&bo={three[0].id}")
    assert texts(page, "//div[@class='arrow mb24']//h2") == ["UBND xã Hòa Thuận (mới)"]


def test_the_preview_says_what_would_happen_and_changes_nothing(client, three):
    first, second, new = three
    event = make_event("Hội nghị chung")
    invited(event, first, second)
    make_person("Thị Mẫu Duyên", organisation_id=first.id)
    make_person("Thị Mẫu Duyên", organisation_id=second.id)
    status, page = look(client, first, second, into=[new])
    assert status == 200
    lines = said(page)
    assert lines["Người"] == "2 người chuyển sang nơi mới, chức vụ giữ nguyên. Thị Mẫu Duyên có ở cả hai nơi."
    assert "2 lời mời còn 1" in lines["Lời mời đang mở"]
    assert "gộp thành 1, 1 + 1 → 2 chỗ" in lines["Lời mời đang mở"]
    db.session.rollback()
    assert db.session.query(DirectoryAct).count() == 0
    assert only(Person, organisation_id=first.id).full_name == "Thị Mẫu Duyên"


def test_a_merger_is_carried_out_as_chosen_and_undone_with_one_press(client, three):
    first, second, new = three
    goes, stays = make_account(focal_of=first), make_account(focal_of=second)
    with unit_of_work():
        group = InviteeGroup(name="Thí điểm", made_at=clock.now())
        db.session.add(group)
        db.session.flush()
        group_id = group.id
        db.session.add(InviteeGroupMember(group_id=group_id, organisation_id=first.id))
    _status, page = look(client, first, second, into=[new])
    assert texts(page, "//legend")[-2:] == ["Đầu mối của nơi mới", "Nhóm “Thí điểm”"]
    choices = {"da_xem": "1", "dau_moi": [stays.id], f"nhom-{group_id}": "lai"}
    answer = client.post(NEW, data=asked(first, second, into=[new], **choices))
    assert answer.status_code == 303
    act_id = only(DirectoryAct).id
    assert answer.location == f"/danh-ba/sap-nhap/{act_id}"
    assert only(RoleGrant, account_id=stays.id).organisation_id == new.id
    db.session.rollback()
    assert db.session.query(RoleGrant).filter_by(account_id=goes.id).all() == []
    assert only(InviteeGroupMember).organisation_id == first.id
    page = client.page(answer.location)
    assert texts(page, "//h1") == ["Sáp nhập vào UBND xã Hòa Thuận (mới)"]
    answer = client.post(f"/danh-ba/sap-nhap/{act_id}/hoan-tac")
    assert answer.status_code == 303
    assert only(RoleGrant, account_id=goes.id).organisation_id == first.id
    page = client.page(f"/danh-ba/sap-nhap/{act_id}")
    assert "Đã hoàn tác lúc" in texts(page, "//div[@class='note note--warn mb24']")[0]
    assert texts(client.page("/danh-ba/sap-nhap"), "//td[@class='side']") == ["Đã hoàn tác"]


def test_in_a_split_everybody_is_sent_somewhere(client, three):
    old, heir, other = three
    one, two = (make_person(organisation_id=old.id) for _ in range(2))
    _status, page = look(client, old, into=[heir, other])
    assert [select.get("name") for select in page.xpath("//select")] == [f"nguoi-{one.id}", f"nguoi-{two.id}"]
    client.post(NEW, data=asked(old, into=[heir, other], **{f"nguoi-{one.id}": heir.id, f"nguoi-{two.id}": other.id}))
    assert [only(Person, id=each.id).organisation_id for each in (one, two)] == [heir.id, other.id]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("31/02/2026", "Ngày không đọc được"), ("01/01/2027", "Ngày hiệu lực chưa tới"),
        ("01/02/2026", "UBND xã Hòa Thuận (mới) chưa có"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_in_words_and_nothing_is_stored(client, three, day, words):
    first, _second, new = three
    status, page = look(client, first, into=[new], effective_on=day)
    assert status == 422
    assert words in " ".join(texts(page, "//div[@class='errsum']//li"))
    answer = client.post(NEW, data=asked(first, into=[new], effective_on=day))
    assert answer.status_code == 422
    assert html.fromstring(answer.text).xpath("//input[@name='legal_basis']")[0].get("value") == "Nghị quyết 1654"
    db.session.rollback()
    assert db.session.query(DirectoryAct).count() == 0


def test_what_stands_against_undoing_is_said_line_by_line(client, three):
    first, _second, new = three
    person = make_person("Cao Mẫu Nhã", organisation_id=first.id)
    act_id = merged(first, into=new)
    with unit_of_work():
        db.session.get_one(Person, person.id).organisation_id = make_organisation().id
    answer = client.post(f"/danh-ba/sap-nhap/{act_id}/hoan-tac")
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert texts(page, "//div[@class='errsum']//li") == ["Cao Mẫu Nhã đã chuyển nơi công tác sau khi sáp nhập."]
    assert only(DirectoryAct).undone_at is None


def test_only_keepers_of_the_directory_merge(client_for, three):
    first, _second, new = three
    act_id = merged(first, into=new)
    leader = client_for(make_account(Role.LEADER))
    for address in ("/danh-ba/sap-nhap", NEW, f"/danh-ba/sap-nhap/{act_id}"):
        assert leader.get(address).status_code == 403
    assert leader.post(NEW, data=asked(first, into=[new])).status_code == 403
    assert leader.post(f"/danh-ba/sap-nhap/{act_id}/hoan-tac").status_code == 403


def test_unknown_acts_and_organisations_are_not_found(client):
    assert client.get("/danh-ba/sap-nhap/99").status_code == 404
    assert client.get(f"{NEW}?tu=999").status_code == 404


def test_the_list_takes_as_many_statements_for_many_as_for_one(client, three, statements):
    merged(three[0], into=three[2])
    with statements() as few:
        client.page("/danh-ba/sap-nhap")
    for _ in range(4):
        merged(make_organisation(kind="commune"), into=three[2])
    with statements() as many:
        client.page("/danh-ba/sap-nhap")
    assert len(many) == len(few)
