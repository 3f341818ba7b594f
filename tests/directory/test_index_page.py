"""The lists of the directory: whole, narrowed, page by page, closed to others, at the same cost for many."""

from datetime import date

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account
from kstthc_training.people.service.persons import PersonDraft, add_people
from tests.directory.pages import keeper, reader, small_province
from tests.organisations.kept import added
from tests.support.factories import make_account, make_person


@pytest.fixture
def province(now):
    return small_province(now)


def cells(page, column):
    return [" ".join(cell.text_content().split()) for cell in page.xpath(f"//tbody/tr/td[{column}]")]


def texts(page, path):
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def test_organisations_by_kind_and_name_with_where_they_belong(client_for, province):
    page = keeper(client_for).page("/danh-ba")
    assert cells(page, 1) == [
        "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân huyện Châu Thành", "Ủy ban nhân dân huyện Kiên Lương",
        "Ủy ban nhân dân xã Bình An", "Ủy ban nhân dân xã Bình An", "Báo Mẫu",
    ]  # fmt: skip
    assert cells(page, 2)[3:5] == ["Cấp xã, thuộc UBND H. Châu Thành", "Cấp xã, thuộc UBND H. Kiên Lương"]
    assert cells(page, 4) == ["0", "0", "0", "0", "1", "0"]


def test_figures_count_what_exists_and_lead_to_it(client_for, province, now):
    added("Sở Cũ", kind="department", level="province", valid_to=date(2026, 3, 17), now=now)
    make_account(focal_of=province.press)
    client = keeper(client_for)
    head = texts(client.page("/danh-ba"), "//div[@class='head']//p")[0]
    assert head == "6 nơi đang hoạt động · 3 người · 5 nơi chưa có đầu mối"
    assert len(cells(client.page("/danh-ba?thieu=dau-moi"), 1)) == 5


def test_focal_points_are_named_and_their_lack_is_told(client_for, province):
    speaker = make_person("Lý Mẫu Sang")
    make_account(person=speaker, focal_of=province.press)
    page = keeper(client_for).page("/danh-ba?loai=bao-chi")
    assert (cells(page, 3), cells(page, 6)) == (["Lý Mẫu Sang"], [""])
    with unit_of_work() as session:
        account = session.scalars(select(Account).where(Account.person_id == speaker.id)).one()
        account.disabled_at = account.created_at
    page = keeper(client_for).page("/danh-ba?loai=bao-chi")
    assert (cells(page, 3), cells(page, 6)) == (["–"], ["Chưa có đầu mối"])


def test_same_names_are_told_once_they_have_a_focal_point(client_for, province):
    for commune in province.communes.values():
        make_account(focal_of=commune)
    assert cells(keeper(client_for).page("/danh-ba?loai=xa"), 6) == ["Trùng tên", "Trùng tên"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=binh+an+kien", 1),
        ("q=BÌNH%20an", 2),
        ("loai=xa", 2),
        ("loai=bao-chi", 1),
        ("loai=khac", 1),
        ("loai=zzz", 6),
        ("q=%25", 0),
        ("q=%27%20OR%201=1", 0),
    ],
)
def test_narrowed_by_words_and_kind(client_for, province, query, count):
    assert len(cells(keeper(client_for).page(f"/danh-ba?{query}"), 1)) == count


def test_narrowed_by_the_parent(client_for, province):
    district = province.districts["Kiên Lương"]
    page = keeper(client_for).page(f"/danh-ba?thuoc={district.id}")
    assert cells(page, 2) == ["Cấp xã, thuộc UBND H. Kiên Lương"]
    assert keeper(client_for).get("/danh-ba?thuoc=999999").status_code == 404


def test_the_ended_are_shown_when_asked_for(client_for, province, now):
    added("Sở Cũ", kind="department", level="province", valid_to=date(2026, 3, 17), now=now)
    added("Sở Hôm nay", kind="department", level="province", valid_to=date(2026, 3, 18), now=now)
    client = keeper(client_for)
    assert cells(client.page("/danh-ba?loai=so"), 1) == ["Sở Hôm nay"]
    page = client.page("/danh-ba?loai=so&het=1")
    assert cells(page, 1) == ["Sở Cũ", "Sở Hôm nay"]
    assert cells(page, 6) == ["Hết hiệu lực 17/03/2026", "Chưa có đầu mối"]


def test_no_place_but_people_leads_to_them(client_for, province):
    page = keeper(client_for).page("/danh-ba?q=bui+mau+le")
    assert page.xpath("//a[@href='/danh-ba/nguoi?q=bui+mau+le']")


@pytest.mark.parametrize("address", ["/danh-ba?q=binh", "/danh-ba/nguoi?q=mau"])
def test_fragment_is_a_slice_of_the_page(client_for, province, address):
    client = keeper(client_for)
    part = client.fragment(address, "danh-sach")
    assert part.text.strip() in client.get(address).text
    assert html.fragment_fromstring(part.text.strip()).get("id") == "danh-sach"
    assert part.headers["Vary"] == "HX-Request, HX-Request-Type, HX-Target, Cookie"


def test_fifty_on_a_page(client_for, now):
    for number in range(53):
        added(f"Sở {number:02d}", kind="department", level="province", now=now)
    client = keeper(client_for)
    assert len(cells(client.page("/danh-ba"), 1)) == 50
    page = client.page("/danh-ba?trang=2")
    assert cells(page, 1) == ["Sở 50", "Sở 51", "Sở 52"]
    assert texts(page, "//nav[@class='pager']/span")[0] == "51–53 trong 53"
    assert client.get("/danh-ba?trang=99999").location == "/danh-ba?trang=2"
    assert cells(client.page("/danh-ba?trang=-1"), 1)[0] == "Sở 00"


def test_people_are_listed_with_numbers_for_keepers_and_masked_for_readers(client_for, province):
    assert cells(keeper(client_for).page("/danh-ba/nguoi?q=bui+mau"), 4) == ["0900 000 018"]
    page = reader(client_for).page("/danh-ba/nguoi?q=bui+mau")
    assert cells(page, 4) == ["0900 xxx x18"]
    assert "0900000018" not in html.tostring(page).decode()


def test_readers_do_not_find_by_the_number(client_for, province):
    assert cells(reader(client_for).page("/danh-ba/nguoi?q=0900000018"), 1) == []
    assert "khớp nữa" not in reader(client_for).get("/danh-ba?q=0900000018").text


def test_people_of_one_organisation(client_for, province):
    commune = province.communes["Kiên Lương"]
    assert cells(keeper(client_for).page(f"/danh-ba/nguoi?noi={commune.id}"), 1) == ["Bùi Mẫu Lệ"]
    assert keeper(client_for).get("/danh-ba/nguoi?noi=999999").status_code == 404


def test_that_people_were_read_is_recorded_once_an_hour(client_for, province):
    client = reader(client_for)
    for _ in range(3):
        client.get("/danh-ba/nguoi")
    assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "people.read")).all() == ["people.read"]


@pytest.mark.parametrize("address", ["/danh-ba", "/danh-ba/nguoi"])
def test_closed_to_others(client, client_for, now, address):
    assert client.get(address).location.startswith("/vao")
    for account in (make_account(), make_account(focal_of=added("Sở A", now=now))):
        assert client_for(account).get(address).status_code == 403
        assert client_for(account).fragment(address, "danh-sach").status_code == 403
    assert client_for(make_account(Role.ORGANIZER)).post(address).status_code == 405


def test_leaders_read_and_change_nothing(client_for, province):
    page = reader(client_for).page("/danh-ba")
    assert page.xpath("//a[contains(@href, '/them') or contains(@href, '/nhap')]") == []


def test_the_same_statements_for_many(client_for, now, statements):
    client, counts = keeper(client_for), {"/danh-ba?q=mau": [], "/danh-ba/nguoi?q=mau": []}
    for number in (1, 40):
        for each in range(number):
            place = added(f"Sở Mẫu {number} {each}", kind="department", level="province", now=now)
            make_account(focal_of=place)
        for address, seen_counts in counts.items():
            client.get(address)
            with statements() as seen:
                client.get(address)
            seen_counts.append(len(seen))
    assert all(first == second for first, second in counts.values()), counts


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7*7 }}", 'a" onmouseover="x', "%(n)s %s"])
def test_hostile_names_are_shown_as_text(client_for, now, name):
    place = added(name, kind="department", level="province", now=now)
    with unit_of_work():
        add_people(actor=SYSTEM, drafts=[PersonDraft(full_name=name, title=name, organisation_id=place.id)], now=now)
    client = keeper(client_for)
    assert cells(client.page("/danh-ba"), 1) == [name]
    assert cells(client.page("/danh-ba/nguoi?noi=" + str(place.id)), 1) == [name]
