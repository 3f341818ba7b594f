"""Which rows may be one person: joined by what they share, across succession, unless told apart."""

import pytest

from kstthc_training.db import db
from kstthc_training.people.doubles import doubles
from kstthc_training.people.enums import Clue
from tests.people.alike import closed, continued, told_apart
from tests.support.factories import make_organisation, make_person


@pytest.fixture
def three(now):
    return [make_organisation() for _ in range(3)]


def test_the_same_name_in_an_organisation_and_in_the_one_that_continues_it_is_one_persons(three):
    old, middle, new = three
    continued(old, middle)
    continued(middle, new)
    before, now_there = (make_person("Trần Mẫu Bình", organisation_id=each.id) for each in (old, new))
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
    told_apart(people[2], people[1])
    assert [set(each.person_ids) for each in doubles()] == [{people[0].id, people[2].id}]
    told_apart(people[0], people[2])
    assert doubles() == []


def test_a_closed_row_is_nobodys_double(three):
    one, other = (make_person("Lê Mẫu An", email="an@mau.example") for _ in range(2))
    closed(one, other)
    assert doubles() == []


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
