"""The page of a person, and people added and changed by form; a likely double is told first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from tests.directory.pages import keeper, person_of, reader, small_province
from tests.directory.test_index_page import texts
from tests.directory.test_organisation_pages import held_event
from tests.support.factories import make_account, make_event, make_person, make_registration


@pytest.fixture
def province(now):
    return small_province(now)


def stored(person_id):
    db.session.rollback()
    return db.session.get_one(Person, person_id)


def typed(person, **changes):
    """What the form sends when nothing but `changes` is typed."""
    return {
        "full_name": person.full_name,
        "title": person.title,
        "organisation": person.organisation_id or 0,
        "email": person.email,
        "phone": person.phone,
        "version": person.version,
        **changes,
    }


def test_page_says_where_and_how(client_for, province):
    person, commune = province.person, province.communes["Kiên Lương"]
    make_account(person=person, focal_of=commune)
    page = keeper(client_for).page(f"/danh-ba/nguoi/{person.id}")
    assert texts(page, "//h1") == ["Bùi Mẫu Lệ"]
    assert texts(page, "//div[@class='head']//p") == ["Văn phòng, Ủy ban nhân dân xã Bình An · Đầu mối"]
    assert texts(page, "//dl[@class='kv']/dd") == ["0900 000 018", person.email, "UBND X. Bình An"]
    assert texts(page, "//nav[@class='crumb']//a") == ["Danh bạ", "UBND X. Bình An"]


def test_readers_see_a_masked_number(client_for, province):
    answer = reader(client_for).get(f"/danh-ba/nguoi/{province.person.id}")
    assert "0900 xxx x18" in answer.text
    assert "0900000018" not in answer.text
    assert "/sua" not in answer.text


def test_every_event_with_what_it_came_to(client_for, province):
    person = province.person
    held_event("Có mặt", (person, MarkStatus.PRESENT), days_ago=10)
    held_event("Vắng có lý do", (person, MarkStatus.EXCUSED), days_ago=20)
    held_event("Vắng", (person, None), days_ago=30)
    for days, (title, state) in enumerate(
        [
            ("Sắp tới", RegistrationState.CONFIRMED),
            ("Chờ chỗ", RegistrationState.WAITING),
            ("Thôi", RegistrationState.CANCELLED),
        ]
    ):
        make_registration(make_event(title, starts_at=clock.now() + timedelta(days=30 - days)), person, state=state)
    page = keeper(client_for).page(f"/danh-ba/nguoi/{person.id}")
    assert [texts(page, f"//tbody/tr/td[{n}]") for n in (2, 4, 5)] == [
        ["Sắp tới", "Chờ chỗ", "Thôi", "Có mặt", "Vắng có lý do", "Vắng"],
        ["", "", "", "1/1", "0/1", "0/1"],
        ["Đã đăng ký", "Chờ chỗ", "Đã hủy", "Có mặt", "Vắng có lý do", "Vắng không lý do"],
    ]
    assert texts(page, "//div[@class='card__h']/span") == ["dự 1 cuộc, 1 vắng có lý do"]


def test_likely_doubles_are_told_to_keepers(client_for, province):
    double = person_of(province.communes["Kiên Lương"], "BÙI MẪU LỆ")
    same_number = person_of(province.press, "Lê Mẫu An", phone="0900000018")
    client, told = keeper(client_for), "//div[contains(@class, 'note--warn')]//span/preceding-sibling::a[1]/@href"
    page = client.page(f"/danh-ba/nguoi/{province.person.id}")
    assert page.xpath(told) == [f"/danh-ba/nguoi/{each.id}" for each in (same_number, double)]
    for _ in range(2):  # the number of a whole office
        make_person(phone="0900000018")
    page = client.page(f"/danh-ba/nguoi/{province.person.id}")
    assert page.xpath(told) == [f"/danh-ba/nguoi/{double.id}"]
    assert "note--warn" not in reader(client_for).get(f"/danh-ba/nguoi/{province.person.id}").text


def test_unknown_person(client_for):
    for address in ("/danh-ba/nguoi/999999", "/danh-ba/nguoi/999999/sua"):
        assert keeper(client_for).get(address).status_code == 404
    assert keeper(client_for).post("/danh-ba/nguoi/999999/sua").status_code == 404


def test_the_same_statements_for_many(client_for, province, statements):
    client, counts = keeper(client_for), []
    for events in (1, 12):
        for _ in range(events):
            held_event("Tập huấn", (province.person, MarkStatus.PRESENT))
        client.get(f"/danh-ba/nguoi/{province.person.id}")
        with statements() as seen:
            client.get(f"/danh-ba/nguoi/{province.person.id}")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_added_by_form_with_the_organisation_chosen(client_for, province):
    client, commune = keeper(client_for), province.communes["Châu Thành"]
    form = client.page(f"/danh-ba/nguoi/them?noi={commune.id}")
    assert form.xpath("string(//select[@name='organisation']/option[@selected]/@value)") == str(commune.id)
    answer = client.post(
        "/danh-ba/nguoi/them",
        data={"full_name": " Danh  Mẫu Bảo ", "title": "Một cửa", "organisation": commune.id, "phone": "+84 900 000 022"},
    )
    person = db.session.scalars(select(Person).where(Person.full_name == "Danh Mẫu Bảo")).one()
    assert (person.organisation_id, person.phone) == (commune.id, "0900000022")
    assert answer.location == f"/danh-ba/nguoi/{person.id}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": ""}, "Hãy gõ họ và tên"),
        ({"full_name": "A" * 151}, "nhiều nhất là 150"),
        ({"email": "thư@mau.example"}, "Email này không gửi thư tới được."),
        ({"phone": "900000"}, "Số điện thoại không đọc được."),
        ({"organisation": "999999"}, ""),
    ],
)
def test_wrong_input_adds_nothing_and_says_why(client_for, app, changes, words):
    client = keeper(client_for)
    before = len(db.session.scalars(select(Person.id)).all())
    answer = client.post("/danh-ba/nguoi/them", data={"full_name": "Danh Mẫu Bảo", "organisation": 0, **changes})
    assert answer.status_code == 422
    assert words in answer.text
    assert len(db.session.scalars(select(Person.id)).all()) == before


def test_a_likely_double_is_added_only_when_pressed_again(client_for, province):
    client = keeper(client_for)
    said = {"full_name": "Ai Mẫu Đó", "organisation": 0, "phone": "0900 000 018"}
    answer = client.post("/danh-ba/nguoi/them", data=said)
    assert answer.status_code == 422
    assert "Bùi Mẫu Lệ" in answer.text
    assert "cùng số điện thoại" in answer.text
    assert db.session.scalars(select(Person.id).where(Person.full_name == "Ai Mẫu Đó")).all() == []
    assert client.post("/danh-ba/nguoi/them", data={**said, "anyway": "1"}).status_code == 303
    assert len(db.session.scalars(select(Person.id).where(Person.full_name == "Ai Mẫu Đó")).all()) == 1


def test_changed_by_form(client_for, province):
    person, client = province.person, keeper(client_for)
    assert "Bùi Mẫu Lệ" in client.page(f"/danh-ba/nguoi/{person.id}/sua").xpath("//input[@name='full_name']/@value")
    answer = client.post(f"/danh-ba/nguoi/{person.id}/sua", data=typed(person, title="Tư pháp – hộ tịch"))
    assert (answer.status_code, stored(person.id).title, stored(person.id).version) == (303, "Tư pháp – hộ tịch", 2)


def test_only_new_doubles_ask_again(client_for, province):
    person, client = province.person, keeper(client_for)
    person_of(province.press, "Lê Mẫu An", phone="0900000018")
    person_of(province.press, "Lý Mẫu Sang", email="sang@mau.example")
    assert client.post(f"/danh-ba/nguoi/{person.id}/sua", data=typed(person, title="Mới")).status_code == 303
    person = stored(person.id)
    said = typed(person, email="sang@mau.example")
    answer = client.post(f"/danh-ba/nguoi/{person.id}/sua", data=said)
    assert answer.status_code == 422
    assert "Lý Mẫu Sang" in answer.text
    assert "Lê Mẫu An" not in answer.text
    assert client.post(f"/danh-ba/nguoi/{person.id}/sua", data={**said, "anyway": "1"}).status_code == 303


def test_who_comes_second_sees_both_versions(client_for, province):
    person, client = province.person, keeper(client_for)
    keeper(client_for).post(f"/danh-ba/nguoi/{person.id}/sua", data=typed(person, title="Bản một"))
    answer = client.post(f"/danh-ba/nguoi/{person.id}/sua", data=typed(person, title="Bản hai", organisation=0))
    assert answer.status_code == 422
    for part in ("Bản một", "Bản hai", "UBND X. Bình An, UBND H. Kiên Lương", "(trống)", "Người khác vừa sửa"):
        assert part in answer.text
    assert stored(person.id).title == "Bản một"
    assert client.post(f"/danh-ba/nguoi/{person.id}/sua", data=typed(person, title="Bản hai", version=2)).status_code == 303


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_only_keepers_change(client_for, province, role):
    client = client_for(make_account(*([role] if role else [])))
    for address in ("/danh-ba/nguoi/them", f"/danh-ba/nguoi/{province.person.id}/sua"):
        assert client.get(address).status_code == 403
        assert client.post(address, data=typed(province.person)).status_code == 403
    assert client.get(f"/danh-ba/nguoi/{province.person.id}").status_code == (200 if role else 403)
    assert keeper(client_for).post(f"/danh-ba/nguoi/{province.person.id}").status_code == 405
