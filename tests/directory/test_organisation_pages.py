"""The page of an organisation, and its being added, changed, named anew, ended and continued by form."""

from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.organisations.queries import names_of
from kstthc_training.people.enums import Role
from tests.attendance.doors import close, put_mark
from tests.directory.pages import keeper, person_of, reader, small_province
from tests.directory.test_index_page import cells, texts
from tests.organisations.kept import added, fresh, kind_id, level_id, name_as_of
from tests.support.factories import make_account, make_event, make_organisation, make_registration


@pytest.fixture
def province(now):
    return small_province(now)


@pytest.fixture
def commune(province):
    return province.communes["Kiên Lương"]


def typed(organisation, **changes):
    """What the form sends when nothing but `changes` is typed."""
    return {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind": organisation.kind_id,
        "level": organisation.level_id,
        "parent": organisation.parent_id or 0,
        "code": organisation.code or "",
        "email": organisation.email,
        "phone": organisation.phone,
        "version": organisation.version,
        **changes,
    }


def held_event(title, *registered, days_ago=10):
    """An event held some days ago: pairs of person and mark."""
    starts_at = clock.now() - timedelta(days=days_ago)
    event = make_event(title, starts_at=starts_at)
    for person, status in registered:
        registration = make_registration(event, person)
        if status:
            put_mark(event, registration.id, status, now=starts_at)
    close(event, now=clock.now())
    return event


def test_page_says_who_works_there_and_where_it_belongs(client_for, province, commune):
    make_account(person=province.person, focal_of=commune)
    page = keeper(client_for).page(f"/danh-ba/don-vi/{commune.id}")
    assert texts(page, "//h1") == ["Ủy ban nhân dân xã Bình An"]
    assert "Cấp xã, thuộc UBND H. Kiên Lương" in texts(page, "//div[@class='head']//p")[0]
    assert texts(page, "//nav[@class='crumb']//a") == ["Danh bạ", "UBND H. Kiên Lương"]
    assert [cells(page, n) for n in range(1, 6)] == [
        ["Bùi Mẫu Lệ"], ["Văn phòng"], ["0900 000 018"], ["0 cuộc"], ["Đầu mối"],
    ]  # fmt: skip


def test_readers_see_masked_numbers_and_no_buttons(client_for, province, commune):
    page = reader(client_for).page(f"/danh-ba/don-vi/{commune.id}")
    assert cells(page, 3) == ["0900 xxx x18"]
    assert page.xpath("//a[contains(@href, '/sua') or contains(@href, '/them')]") == []


def test_figures_of_twelve_months_follow_their_definitions(client_for, province, commune):
    other = person_of(commune, "Danh Mẫu Bảo")
    held_event("Tập huấn một", (province.person, MarkStatus.PRESENT), (other, MarkStatus.LATE))
    held_event("Tập huấn hai", (province.person, MarkStatus.EXCUSED), (other, None), days_ago=20)
    held_event("Tập huấn xưa", (province.person, MarkStatus.PRESENT), days_ago=366)
    page = keeper(client_for).page(f"/danh-ba/don-vi/{commune.id}")
    assert texts(page, "//*[@class='fig']/span[2]") == ["50%", "2", "2", "1"]
    assert texts(page, "//*[@class='fig']/span[3]") == [
        "2 trong 4 lượt người", "đã họp và đã chốt", "mỗi người tính một lần", "và 1 lượt có lý do",
    ]  # fmt: skip
    rows = texts(page, "//section[@aria-labelledby='da-du']//tbody/tr")
    assert rows == ["08/03/2026Tập huấn một22Có mặt", "26/02/2026Tập huấn hai201 vắng không lý do"]


def test_twelve_months_begin_a_year_ago(client_for, province, commune):
    held_event("Cuộc đầu kỳ", (province.person, MarkStatus.PRESENT), days_ago=364)
    page = keeper(client_for).page(f"/danh-ba/don-vi/{commune.id}")
    assert texts(page, "//section[@aria-labelledby='da-du']//tbody/tr/td[1]") == ["19/03/2025"]


def test_names_over_time_and_who_continues_whom(client_for, province, commune, now):
    client = keeper(client_for)
    answer = client.post(
        f"/danh-ba/don-vi/{commune.id}/sua",
        data=typed(commune, name="Ủy ban nhân dân phường Bình An", from_day="01/01/2026"),
    )
    assert answer.status_code == 303
    new = added("Xã Bình An mới", valid_from=date(2026, 7, 1), now=now)
    client.post(
        f"/danh-ba/don-vi/{commune.id}/het-hieu-luc",
        data={"valid_to": "30/06/2026", "successor": new.id, "legal_basis": "NQ 1654", "version": fresh(commune).version},
    )
    page = client.page(f"/danh-ba/don-vi/{commune.id}")
    assert texts(page, "//ol[@class='tl']/li") == [
        "Ủy ban nhân dân xã Bình An đến 31/12/2025",
        "Ủy ban nhân dân phường Bình An 01/01/2026 – 30/06/2026",
    ]
    assert "Xã Bình An mới" in texts(page, "//div[@class='head']//p")[0]
    assert "Kế tục Ủy ban nhân dân phường Bình An, 01/07/2026 · NQ 1654" in " ".join(
        client.page(f"/danh-ba/don-vi/{new.id}").text_content().split()
    )


def test_an_organisation_without_names_on_record_has_its_own(client_for):
    bare = make_organisation("Sở Cũ")
    page = keeper(client_for).page(f"/danh-ba/don-vi/{bare.id}")
    assert texts(page, "//ol[@class='tl']/li") == ["Sở Cũ"]


def test_unknown_organisation(client_for):
    client = keeper(client_for)
    for part in ("", "/sua"):
        assert client.get(f"/danh-ba/don-vi/999999{part}").status_code == 404
    assert client.post("/danh-ba/don-vi/999999/sua").status_code == 404
    assert client.post("/danh-ba/don-vi/999999/het-hieu-luc").status_code == 404


def test_the_same_statements_for_many(client_for, province, commune, statements):
    client, counts = keeper(client_for), []
    for people in (1, 30):
        registered = [(person_of(commune), MarkStatus.PRESENT) for _ in range(people)]
        held_event("Tập huấn", *registered)
        client.get(f"/danh-ba/don-vi/{commune.id}")
        with statements() as seen:
            client.get(f"/danh-ba/don-vi/{commune.id}")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_added_by_form(client_for, province):
    client = keeper(client_for)
    client.page("/danh-ba/don-vi/them")
    answer = client.post(
        "/danh-ba/don-vi/them",
        data={
            "name": "  So\u031b\u0309 Tu\u031b  pha\u0301p", "short_name": "Sở TP", "kind": kind_id("department"),
            "level": level_id("province"), "parent": province.top.id, "code": "STP", "phone": "0297 386 2088",
        },
    )  # fmt: skip
    stored = db.session.scalars(select(Organisation).where(Organisation.code == "STP")).one()
    assert (stored.name, stored.parent_id, stored.phone) == ("Sở Tư pháp", province.top.id, "02973862088")
    assert answer.location == f"/danh-ba/don-vi/{stored.id}"
    assert "Đã thêm Sở Tư pháp." in client.get(answer.location).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Hãy gõ tên"),
        ({"name": "A" * 301}, "nhiều nhất là 300"),
        ({"kind": "999"}, ""),
        ({"kind": "x"}, ""),
        ({"code": "T"}, "Mã T đang là của Ủy ban nhân dân tỉnh."),
        ({"email": "không phải"}, "Email này không gửi thư tới được."),
        ({"phone": "12"}, "Số điện thoại không đọc được."),
        ({"valid_from": "31/02/2026"}, "Ngày không đọc được."),
    ],
)
def test_wrong_input_adds_nothing_and_says_why(client_for, province, changes, words):
    before = len(db.session.scalars(select(Organisation.id)).all())
    good = {"name": "Sở Mới", "kind": kind_id("department"), "level": level_id("province"), "parent": 0}
    answer = keeper(client_for).post("/danh-ba/don-vi/them", data={**good, **changes})
    assert answer.status_code == 422
    assert words in answer.text
    assert len(db.session.scalars(select(Organisation.id)).all()) == before


def test_changed_by_form(client_for, province, commune):
    client = keeper(client_for)
    form = client.page(f"/danh-ba/don-vi/{commune.id}/sua")
    assert form.xpath("string(//input[@name='name']/@value)") == commune.name
    answer = client.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(commune, email="xa@binhan.example", code="30799"))
    assert (answer.status_code, answer.location) == (303, f"/danh-ba/don-vi/{commune.id}")
    assert (fresh(commune).email, fresh(commune).code, fresh(commune).version) == ("xa@binhan.example", "30799", 2)
    assert len(names_of(commune.id)) == 1


def test_a_slip_in_the_name_is_mended_a_new_name_has_its_day(client_for, province, commune):
    client = keeper(client_for)
    client.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(commune, name="Ủy ban nhân dân xã Bình Ân"))
    assert name_as_of(commune.id, date(2019, 1, 1)) == "Ủy ban nhân dân xã Bình Ân"
    known = fresh(commune)
    client.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(known, name="Xã Bình Yên", from_day="18/03/2026"))
    assert name_as_of(commune.id, date(2026, 3, 17)) == "Ủy ban nhân dân xã Bình Ân"
    assert name_as_of(commune.id, date(2026, 3, 18)) == "Xã Bình Yên"
    known = fresh(commune)
    answer = client.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(known, name="Xã Khác", from_day="18/03/2026"))
    assert answer.status_code == 422
    assert "đã đổi tên vào chính ngày ấy, thành Xã Bình Yên" in answer.text


def test_who_comes_second_sees_both_versions(client_for, province, commune):
    first, second = keeper(client_for), keeper(client_for)
    first.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(commune, email="mot@xa.example"))
    answer = second.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(commune, email="hai@xa.example", name="Xã Khác"))
    assert answer.status_code == 422
    assert (fresh(commune).email, fresh(commune).name) == ("mot@xa.example", commune.name)
    for part in ("mot@xa.example", "hai@xa.example", "Xã Khác", "Người khác vừa sửa"):
        assert part in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    again = second.post(f"/danh-ba/don-vi/{commune.id}/sua", data=typed(commune, email="hai@xa.example", version=2))
    assert (again.status_code, fresh(commune).email) == (303, "hai@xa.example")


def test_it_never_belongs_to_what_is_beneath_it(client_for, province, commune):
    district = province.districts["Kiên Lương"]
    answer = keeper(client_for).post(f"/danh-ba/don-vi/{district.id}/sua", data=typed(district, parent=commune.id))
    assert answer.status_code == 422
    assert "lại thuộc chính nơi này" in answer.text


def test_ended_by_form_and_taken_back(client_for, province, commune):
    client = keeper(client_for)
    said = {"valid_to": "17/03/2026", "successor": 0, "version": commune.version}
    answer = client.post(f"/danh-ba/don-vi/{commune.id}/het-hieu-luc", data=said)
    page = client.get(answer.location).text
    assert "Hết hiệu lực sau ngày 17/03/2026." in page
    (undo,) = html.document_fromstring(page).xpath("//form[contains(@action, '/con-hieu-luc')]/@action")
    assert fresh(commune).valid_to == date(2026, 3, 17)
    assert client.post(undo).status_code == 303
    assert client.post(undo).status_code == 303
    assert (fresh(commune).valid_to, fresh(commune).version) == (None, 3)


def test_an_end_is_not_taken_back_over_what_another_keeper_saved_meanwhile(client_for, commune):
    first, second = keeper(client_for), keeper(client_for)
    said = {"valid_to": "17/03/2026", "successor": 0, "version": commune.version}
    first.post(f"/danh-ba/don-vi/{commune.id}/het-hieu-luc", data=said)
    seen = first.page(f"/danh-ba/don-vi/{commune.id}/sua").xpath("string(//input[@id='con-version']/@value)")
    second.post(f"/danh-ba/don-vi/{commune.id}/het-hieu-luc", data=said | {"valid_to": "30/06/2026", "version": seen})

    here = f"/danh-ba/don-vi/{commune.id}/con-hieu-luc"
    refused = [first.post(here, data=data) for data in ({"version": seen}, {"version": "x"}, {})]
    assert [answer.status_code for answer in refused] == [422] * 3
    assert "Người khác vừa sửa" in refused[0].text
    assert fresh(commune).valid_to == date(2026, 6, 30)

    page = html.document_fromstring(refused[0].text)
    assert page.xpath("string(//input[@name='valid_to']/@value)") == "30/06/2026"
    assert first.post(here, data={"version": page.xpath("string(//input[@id='con-version']/@value)")}).status_code == 303
    assert fresh(commune).valid_to is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"valid_to": "", "successor": 0}, "Hãy gõ ngày cuối cùng"),
        ({"valid_to": "31/12/2019", "successor": 0}, "Ngày cuối cùng phải từ ngày bắt đầu trở đi."),
        ({"valid_to": "30/06/2020", "successor": "later"}, "nằm ngoài thời gian hoạt động của Xã Sau"),
    ],
)
def test_wrong_end_is_refused_whole(client_for, now, said, words):
    organisation = added("Xã A", valid_from=date(2020, 1, 1), now=now)
    later = added("Xã Sau", valid_from=date(2020, 7, 2), now=now)
    said = {**said, "successor": later.id if said["successor"] == "later" else 0, "version": organisation.version}
    answer = keeper(client_for).post(f"/danh-ba/don-vi/{organisation.id}/het-hieu-luc", data=said)
    assert answer.status_code == 422
    assert words in answer.text
    assert fresh(organisation).valid_to is None
    assert db.session.scalars(select(Succession.id)).all() == []


def test_who_ends_it_second_sees_what_was_saved_meanwhile_and_can_end_it_anew(client_for, commune):
    here, mine = f"/danh-ba/don-vi/{commune.id}/het-hieu-luc", keeper(client_for)
    said = {"valid_to": "17/03/2026", "successor": 0, "version": commune.version}
    assert keeper(client_for).post(here, data=said | {"valid_to": "30/06/2026"}).status_code == 303

    answer = mine.post(here, data=said)
    page = html.document_fromstring(answer.text)
    assert answer.status_code == 422
    assert texts(page, "//dl[@class='diff']/*") == [
        "Ngày hoạt động cuối cùng", "đã lưu: 30/06/2026 · vừa gõ: 17/03/2026",
    ]  # fmt: skip
    assert page.xpath("string(//input[@name='valid_to']/@value)") == "17/03/2026"
    assert fresh(commune).valid_to == date(2026, 6, 30)

    again = said | {"version": page.xpath("string(//input[@id='het-version']/@value)")}
    assert mine.post(here, data=again).status_code == 303
    assert fresh(commune).valid_to == date(2026, 3, 17)


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_only_keepers_change(client_for, province, commune, role):
    client = client_for(make_account(*([role] if role else [])))
    addresses = (
        "/danh-ba/don-vi/them", f"/danh-ba/don-vi/{commune.id}/sua", f"/danh-ba/don-vi/{commune.id}/het-hieu-luc",
        f"/danh-ba/don-vi/{commune.id}/con-hieu-luc",
    )  # fmt: skip
    for address in addresses:
        assert client.post(address, data=typed(commune)).status_code == 403
    for address in addresses[:2]:
        assert client.get(address).status_code == 403
    for address in addresses[2:]:
        assert keeper(client_for).get(address).status_code == 405
    assert fresh(commune).version == 1


def test_reading_people_of_an_organisation_is_recorded(client_for, province, commune):
    reader(client_for).get(f"/danh-ba/don-vi/{commune.id}")
    read = select(AuditEntry.subject_type, AuditEntry.subject_id).where(AuditEntry.action == "people.read")
    assert [tuple(row) for row in db.session.execute(read)] == [("organisation", commune.id)]
