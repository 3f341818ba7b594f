"""One search over what its reader may see: events for everybody, the directory for those who read it."""

from datetime import date, timedelta

import pytest

from kstthc_training import clock
from kstthc_training.events.enums import EventState
from kstthc_training.people.enums import Role
from kstthc_training.text import search_text
from tests.directory.pages import keeper, person_of, reader, small_province
from tests.organisations.kept import added
from tests.support.factories import make_account, make_event, make_person


@pytest.fixture
def province(now):
    return small_province(now)


def found(page):
    """The names found, by the heading of their group."""
    sections = page.xpath("//main//section")
    return {
        section.xpath("string(.//h2)").strip(): [name.strip() for name in section.xpath(".//a[@class='name']/text()")]
        for section in sections
    }


def member(client_for):
    return client_for(make_account())


def test_grouped_with_counts_without_accents(client_for, province):
    make_event("Hội nghị về đất đai tại Bình An")
    page = keeper(client_for).page("/tim?q=BINH+an")
    assert found(page) == {
        "Cuộc họp 1": ["Hội nghị về đất đai tại Bình An"],
        "Nơi 2": ["Ủy ban nhân dân xã Bình An", "Ủy ban nhân dân xã Bình An"],
        "Người 1": ["Bùi Mẫu Lệ"],
    }


def test_others_find_events_alone(client_for, province):
    make_event("Hội nghị tại Bình An")
    for account in (make_account(), make_account(focal_of=province.press)):
        page = client_for(account).page("/tim?q=binh+an")
        assert found(page) == {"Cuộc họp 1": ["Hội nghị tại Bình An"]}
    assert found(member(client_for).page("/tim?q=bui+mau+le")) == {}


@pytest.mark.parametrize(
    ("role", "sees"), [(None, False), (Role.LEADER, True), (Role.ORGANIZER, True), (Role.ADMINISTRATOR, True)]
)
def test_drafts_are_found_by_those_who_know_of_them(client_for, role, sees):
    event = make_event("Hội nghị dự thảo", state=EventState.DRAFT)
    client = client_for(make_account(*([role] if role else [])))
    assert bool(found(client.page("/tim?q=du+thao"))) is sees
    assert client.get(f"/tim?q={event.code}").status_code == (303 if sees else 200)


@pytest.mark.parametrize("typed", ["{year}-{number}", " {year} - {number} ", "{year}/{number}"])
def test_a_number_leads_straight_to_the_event(client_for, typed):
    event = make_event()
    answer = member(client_for).get("/tim", query_string={"q": typed.format(year=event.year, number=event.number)})
    assert (answer.status_code, answer.location) == (303, f"/hop/{event.code}")


@pytest.mark.parametrize("typed", ["2026-999999", "9999-1", "2026-0", "2026-1234567", "1-1", "2026-"])
def test_a_number_of_nothing_is_searched_for(client_for, typed):
    page = member(client_for).page(f"/tim?q={typed}")
    assert f"Không thấy “{typed}”" in page.text_content()


def test_what_comes_stands_before_what_is_over(client_for):
    now = clock.now()
    for title, days in (("Họp cũ", -60), ("Họp mới qua", -2), ("Họp xa", 60), ("Họp gần", 2)):
        make_event(title, starts_at=now + timedelta(days=days))
    make_event("Họp đang diễn ra", starts_at=now - timedelta(hours=1))
    names = found(member(client_for).page("/tim?q=hop"))["Cuộc họp 5"]
    assert names == ["Họp đang diễn ra", "Họp gần", "Họp xa", "Họp mới qua", "Họp cũ"]


def test_titles_stand_before_what_else_holds_the_words(client_for):
    now = clock.now()
    for title, note, days in (
        ("Hội nghị đánh giá đất đai", "", 20),
        ("Đất đai họp cũ", "", -30),
        ("Đất đai và môi trường", "", 9),
        ("Họp về đất đai", "", 3),
        ("Họp về môi trường", "cán bộ đất đai", 1),
        ("Họp về đất đaiii", "", 2),
    ):
        fields = {"audience_note": note, "search_text": search_text(title, note)}
        make_event(title, starts_at=now + timedelta(days=days), **fields)
    assert found(member(client_for).page("/tim?q=dat+dai"))["Cuộc họp 6"] == [
        "Đất đai và môi trường",
        "Đất đai họp cũ",
        "Họp về đất đai",
        "Hội nghị đánh giá đất đai",
        "Họp về đất đaiii",
        "Họp về môi trường",
    ]


def test_organisations_by_their_name_stand_before_those_beneath(client_for, now):
    district = added("Huyện An Biên", kind="district", level="district", now=now)
    added("Xã Đông Thái", parent_id=district.id, now=now)
    added("Xã An Minh", now=now)
    page = keeper(client_for).page("/tim?q=an+bien")
    assert found(page)["Nơi 2"] == ["Huyện An Biên", "Xã Đông Thái"]
    assert found(keeper(client_for).page("/tim?q=an"))["Nơi 3"] == ["Huyện An Biên", "Xã An Minh", "Xã Đông Thái"][:3]


def test_more_than_a_page_holds_leads_on(client_for, now):
    for number in range(32):
        make_event(f"Tập huấn {number}", starts_at=clock.now() + timedelta(days=number + 1))
    for number in range(12):
        person_of(added(f"Sở Tập huấn {number}", kind="department", level="province", now=now), f"Người Tập Huấn {number}")
    client = keeper(client_for)
    page = client.page("/tim?q=tap+huan")
    assert {group: len(names) for group, names in found(page).items()} == {"Cuộc họp 32": 30, "Nơi 12": 10, "Người 12": 10}
    for address in page.xpath("//main//div[@class='card__h']/a/@href"):
        assert client.page(address).xpath("string(//nav[@class='pager']/span)") == "1–12 trong 12"
    assert page.xpath("string(//nav[@class='pager']/span)") == "1–30 trong 32"
    [following] = page.xpath("//nav[@class='pager']//a/@href")
    last = client.page(following)
    assert found(last) == {"Cuộc họp 32": ["Tập huấn 30", "Tập huấn 31"]}
    assert last.xpath("string(//nav[@class='pager']/span)") == "31–32 trong 32"
    assert client.get("/tim?q=tap+huan&trang=9").location == following


def test_numbers_of_telephones_are_found_by_keepers_alone(client_for, province):
    assert found(keeper(client_for).page("/tim?q=0900000018")) == {"Người 1": ["Bùi Mẫu Lệ"]}
    assert found(reader(client_for).page("/tim?q=0900000018")) == {}


def test_organisations_that_ended_are_found_with_their_end(client_for, now):
    added("Sở Giao thông vận tải", kind="department", level="province", valid_to=date(2025, 2, 28), now=now)
    page = keeper(client_for).page("/tim?q=giao+thong")
    assert found(page) == {"Nơi 1": ["Sở Giao thông vận tải"]}
    assert "đến 28/02/2025" in page.text_content()


def test_nothing_typed_and_nothing_found_say_what_to_do(client_for):
    client = member(client_for)
    assert "Gõ chữ cần tìm" in client.page("/tim").text_content()
    assert "Gõ chữ cần tìm" in client.page("/tim?q=+++").text_content()
    page = client.page("/tim?q=khong+co+gi")
    assert "mọi chữ đều phải có" in page.text_content()
    assert page.xpath("//main//a[@href='/lich' or @href='/']")


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "<script>alert(1)</script>", "{{7*7}}", "' OR 1=1 --", "x" * 5000, "\x00", "đ\u0301"]
)
def test_hostile_words_are_words(client_for, province, typed):
    make_event("Hội nghị")
    answer = keeper(client_for).get("/tim", query_string={"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "Hội nghị</a>" not in answer.text


def test_the_top_bar_leads_here(client_for):
    page = member(client_for).page("/lich")
    assert page.xpath("//header//form[@role='search']/@action") == ["/tim"]


def test_nobody_searches_without_signing_in(client, client_for):
    assert client.get("/tim?q=x").location.startswith("/vao")
    assert member(client_for).post("/tim").status_code == 405


def test_the_same_statements_for_many(client_for, now, statements):
    client, counts = keeper(client_for), []
    for number in (1, 40):
        for each in range(number):
            make_event(f"Mẫu {each}")
            make_person(organisation_id=added(f"Sở Mẫu {number} {each}", now=now).id)
        client.get("/tim?q=mau")
        with statements() as seen:
            client.get("/tim?q=mau")
        counts.append(len(seen))
    assert counts[0] == counts[1]
