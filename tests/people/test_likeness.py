"""Which rows may be one person: by what is shared, across succession, never those told apart."""

from datetime import date

import pytest

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations.models import Succession
from kstthc_training.people.enums import Clue
from kstthc_training.people.likeness import Described, alike, described, doubles
from kstthc_training.people.likenesses import alike_all
from kstthc_training.people.models import Person, ToldApart
from tests.support.factories import make_organisation, make_person


def continued(one, other, *, whole=True):
    with unit_of_work():
        db.session.add(Succession(predecessor_id=one.id, successor_id=other.id, effective_on=date(2025, 7, 1), whole=whole))


def told_apart(one, other):
    with unit_of_work():
        low, high = sorted((one.id, other.id))
        db.session.add(ToldApart(low_id=low, high_id=high, told_at=clock.now()))


def closed(one, other):
    with unit_of_work():
        db.session.get_one(Person, one.id).merged_into_id = other.id


@pytest.fixture
def three(now):
    return [make_organisation() for _ in range(3)]


@pytest.mark.parametrize(
    ("said", "clues"),
    [
        ({"full_name": "le mau AN", "organisation_id": "here"}, {Clue.NAME}),
        ({"full_name": "Lê Mẫu An"}, None),
        ({"full_name": "Mẫu An", "organisation_id": "here"}, None),
        ({"full_name": "Ai đó", "email": " An.LM@mau.example"}, {Clue.EMAIL}),
        ({"full_name": "Ai đó", "phone": "+84 900.000.044"}, {Clue.PHONE}),
        ({"full_name": "Ai đó", "phone": "044"}, None),
        ({"full_name": "Lê Mẫu An", "organisation_id": "here", "phone": "0900000044"}, {Clue.NAME, Clue.PHONE}),
    ],
)
def test_somebody_described_is_recognised(three, statements, said, clues):
    here = three[0].id
    person = make_person("Lê Mẫu An", organisation_id=here, email="an.lm@MAU.example", phone="0900000044")
    one = Described(**{**said, "organisation_id": here if "organisation_id" in said else None})
    with statements() as seen:
        found = alike(one)
    assert len(seen) == (0 if said == {"full_name": "Lê Mẫu An"} or said.get("phone") == "044" else 1)
    assert [(each.person.id, each.clues) for each in found] == ([(person.id, clues)] if clues else [])
    assert alike(described(person)) == []


def test_the_same_name_in_an_organisation_and_in_the_one_that_continues_it_is_one_persons(three):
    old, middle, new = three
    continued(old, middle)
    continued(middle, new)
    before, now_there = (make_person("Trần Mẫu Bình", organisation_id=each.id) for each in (old, new))
    assert [each.person.id for each in alike(Described("Trần Mẫu Bình", middle.id))] == [before.id, now_there.id]
    assert doubles()[0].person_ids == (before.id, now_there.id)


def test_an_organisation_that_gave_a_part_is_another_one(three):
    continued(three[0], three[1], whole=False)
    for each in three[:2]:
        make_person("Trần Mẫu Bình", organisation_id=each.id)
    assert doubles() == []


def test_two_that_continue_each_other_are_themselves(three):
    continued(three[0], three[1])
    continued(three[1], three[0])
    people = [make_person("Trần Mẫu Bình", organisation_id=three[0].id) for _ in range(2)]
    assert [each.person_ids for each in doubles()] == [tuple(person.id for person in people)]


def test_what_a_whole_office_shares_speaks_for_namesakes_alone(three):
    people = [make_person(f"Lê Mẫu {name}", phone="02963000001") for name in ("An", "Bình", "Cúc", "Dũng")]
    namesake = make_person("LE MAU AN", phone="02963000001")
    assert [(set(each.person_ids), each.clues) for each in doubles()] == [({people[0].id, namesake.id}, {Clue.PHONE})]
    assert [each.person.id for each in alike(described(people[0]))] == [namesake.id]
    assert alike(described(people[1])) == []


def test_three_rows_are_one_group_with_all_that_speaks_for_it(three):
    first = make_person("Lê Mẫu An", organisation_id=three[0].id, phone="0900000001")
    second = make_person("Lê Mẫu An", organisation_id=three[0].id, email="an@mau.example")
    third = make_person("Lê M. An", organisation_id=three[1].id, email="AN@mau.example")
    pair = [make_person(f"Ai {each}", phone="0900000002") for each in ("Một", "Hai")]
    assert [(set(each.person_ids), each.clues) for each in doubles()] == [
        ({first.id, second.id, third.id}, {Clue.NAME, Clue.EMAIL}),
        ({each.id for each in pair}, {Clue.PHONE}),
    ]


def test_those_told_apart_are_no_double_any_more(three):
    people = [make_person("Lê Mẫu An", organisation_id=three[0].id) for _ in range(3)]
    told_apart(people[0], people[1])
    assert [len(each.person_ids) for each in doubles()] == [3]  # the third may be either
    assert [each.person.id for each in alike(described(people[0]))] == [people[2].id]
    told_apart(people[2], people[1])
    assert [set(each.person_ids) for each in doubles()] == [{people[0].id, people[2].id}]
    told_apart(people[0], people[2])
    assert doubles() == []


def test_a_closed_row_is_nobodys_double(three):
    one, other = (make_person("Lê Mẫu An", email="an@mau.example") for _ in range(2))
    closed(one, other)
    assert doubles() == []
    assert alike(Described("Ai đó", email="an@mau.example"))[0].person.id == other.id
    assert alike(described(other)) == []


def test_the_same_statements_however_many_people(three, statements):
    counts = []
    for many in (2, 30):
        for _ in range(many):
            make_person("Lê Mẫu An", organisation_id=three[0].id)
        with statements() as seen:
            found = doubles()
        counts.append((len(seen), len(found)))
    assert counts == [(2, 1), (2, 1)]


def test_what_is_shared_is_read_by_indexes(three):
    if db.engine.dialect.name != "sqlite":
        return
    line = "EXPLAIN QUERY PLAN SELECT id FROM people WHERE email_key = 'a' OR phone = 'b' OR name_key = 'c'"
    plan = db.session.connection().exec_driver_sql(line).all()
    used = {step[3] for step in plan if "INDEX" in step[3]}
    assert {name for name in ("email_key", "phone", "name_key") if any(f"ix_people_{name}" in each for each in used)} == {
        "email_key", "phone", "name_key",
    }  # fmt: skip


def test_many_described_are_recognised_as_one_by_one(three, statements):
    old, here, _other = three
    continued(old, here)
    people = [make_person("Lê Mẫu An", organisation_id=old.id, phone="0900000044", email="an@mau.example")]
    people += [make_person(f"Ai {n}", phone="02963000001") for n in range(4)]
    many = {
        1: Described("LE MAU AN", here.id),
        2: Described("Ai đó", phone="0900000044"),
        3: Described("Ai 2", phone="02963000001"),
        4: Described("Ai đó", email="AN@mau.example"),
        5: described(people[0]),
        6: Described("Không ai"),
    }
    with statements() as seen:
        found = alike_all(many)
    assert len(seen) == 2
    assert found == {key: alike(one) for key, one in many.items()}
    assert [len(found[key]) for key in many] == [1, 1, 1, 1, 0, 0]
