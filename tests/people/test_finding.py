"""People are found by part of a name, an address, a number or their organisation, and likely doubles are told."""

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.finding import Sought, count_people, get_person, people_found
from kstthc_training.people.service.persons import PersonDraft, add_people
from kstthc_training.refusals import Unknown
from tests.organisations.kept import added


@pytest.fixture
def communes(now):
    """Two communes of one name, in two districts, by the district's name."""
    found, top = {}, added("Ủy ban nhân dân tỉnh", now=now)
    for name in ("Châu Thành", "Kiên Lương"):
        district = added(f"UBND huyện {name}", short_name=f"UBND H. {name}", parent_id=top.id, now=now)
        found[name] = added("UBND xã Bình An", short_name="UBND X. Bình An", parent_id=district.id, now=now)
    return found


@pytest.fixture
def people(communes, now):
    drafts = [
        PersonDraft(full_name="Trần Mẫu Đường", organisation_id=communes["Châu Thành"].id, phone="0900 000 044"),
        PersonDraft(full_name="Lê Mẫu An", organisation_id=communes["Kiên Lương"].id, email="An.LM@mau.example"),
        PersonDraft(full_name="Nguyễn Mẫu Ánh", title="Phóng viên"),
    ]
    with unit_of_work():
        return [person.id for person in add_people(actor=SYSTEM, drafts=drafts, now=now)]


def names(search, **more):
    return [row.full_name for row in people_found(Sought(search=search, **more), limit=10).rows]


def test_listed_by_the_last_word_with_where_they_belong(people, communes):
    rows, total = people_found(Sought(), limit=10)
    assert total == 3
    assert [row.full_name for row in rows] == ["Lê Mẫu An", "Nguyễn Mẫu Ánh", "Trần Mẫu Đường"]
    assert (rows[0].organisation, rows[0].above) == ("UBND X. Bình An", "UBND H. Kiên Lương")
    assert (rows[1].organisation_id, rows[1].organisation, rows[1].above) == (None, "", "")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("duong", ["Trần Mẫu Đường"]),
        ("tran  DUONG", ["Trần Mẫu Đường"]),
        ("binh an", ["Lê Mẫu An", "Trần Mẫu Đường"]),
        ("binh an chau thanh", ["Trần Mẫu Đường"]),
        ("duong kien luong", []),
        ("phong vien", ["Nguyễn Mẫu Ánh"]),
        ("an.lm@", ["Lê Mẫu An"]),
        ("+84 900 000 044", ["Trần Mẫu Đường"]),
        ("0900 000", ["Trần Mẫu Đường"]),
        ("0900000044", ["Trần Mẫu Đường"]),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE people;--", []),
    ],
)
def test_every_word_must_be_found(people, search, expected):
    assert names(search) == expected
    assert count_people(Sought(search=search)) == len(expected)


@pytest.mark.parametrize("search", ["0900000044", "0900 000 044", "+84900000044", "044", "900"])
def test_numbers_find_nobody_for_those_who_see_them_masked(people, search):
    assert names(search, by_phone=False) == []
    assert count_people(Sought(search=search, by_phone=False)) == 0
    assert names("duong", by_phone=False) == ["Trần Mẫu Đường"]


@pytest.fixture
def alike(app, now):
    """People found by `an`, some by their name and some by what else is known of them, in the order that is expected."""
    there = added("Sở An Giang", now=now)
    drafts = [
        PersonDraft(full_name="An Mẫu Vy"),
        PersonDraft(full_name="Lê Mẫu An"),
        PersonDraft(full_name="Trần An Mẫu"),
        PersonDraft(full_name="Nguyễn Mẫu Anh"),
        PersonDraft(full_name="Bùi Ánh Mẫu"),
        PersonDraft(full_name="Đỗ Mẫu Lan"),
        PersonDraft(full_name="Bùi Mẫu Ái", title="Văn thư, An Biên"),
        PersonDraft(full_name="Cao Mẫu Bé", organisation_id=there.id),
        PersonDraft(full_name="Cao Mẫu Cò", email="an@mau.example"),
    ]
    with unit_of_work():
        add_people(actor=SYSTEM, drafts=list(reversed(drafts)), now=now)
    return [draft.full_name for draft in drafts]


def test_names_stand_before_what_else_holds_the_words(alike):
    assert names("an") == alike
    assert names("AN mau") == ["An Mẫu Vy", "Lê Mẫu An", "Trần An Mẫu", *alike[3:6], *alike[6:]]
    assert names("mau an")[:3] == ["Lê Mẫu An", "Trần An Mẫu", "An Mẫu Vy"]
    assert names("le mau") == ["Lê Mẫu An", "Cao Mẫu Cò"]


def test_pages_follow_one_order_and_know_the_total(alike, statements):
    with statements() as seen:
        first = people_found(Sought(search="an"), limit=4)
    assert len(seen) == 1
    second = people_found(Sought(search="an"), limit=4, offset=4)
    assert [row.full_name for row in first.rows + second.rows] == alike[:8]
    assert (first.total, second.total) == (9, 9)
    assert people_found(Sought(search="an"), limit=4, offset=400) == ([], 9)


def test_a_bar_in_a_name_or_a_search_is_a_space(app, now):
    with unit_of_work():
        add_people(actor=SYSTEM, drafts=[PersonDraft(full_name="Lê | Mẫu|Bar", title="An")], now=now)
    assert names("mau|bar") == ["Lê | Mẫu|Bar"]
    assert names("|") == ["Lê | Mẫu|Bar"]


def test_people_of_one_organisation_page_by_page(people, communes):
    sought = Sought(organisation_id=communes["Châu Thành"].id)
    assert [row.full_name for row in people_found(sought, limit=10).rows] == ["Trần Mẫu Đường"]
    assert [row.full_name for row in people_found(Sought(), limit=2, offset=1).rows] == ["Nguyễn Mẫu Ánh", "Trần Mẫu Đường"]


def test_person_comes_with_where_they_belong(people, statements):
    with statements() as seen:
        person = get_person(people[0])
        assert person.organisation.parent.short_name == "UBND H. Châu Thành"
    assert len(seen) == 1
    with pytest.raises(Unknown):
        get_person(10**9)
