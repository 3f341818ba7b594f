"""Who on record may be somebody described: by what is shared, across succession, never those told apart."""

import pytest

from kstthc_training.people.enums import Clue
from kstthc_training.people.likeness import Described, alike, alike_all, described
from tests.people.alike import closed, continued, told_apart
from tests.support.factories import make_organisation, make_person


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
    assert len(seen) == ("organisation_id" in said) + (said.keys() > {"full_name"} and said.get("phone") != "044")
    assert [(each.person.id, each.clues) for each in found] == ([(person.id, clues)] if clues else [])
    assert alike(described(person)) == []


def test_the_same_name_in_an_organisation_and_in_the_one_that_continues_it_is_one_persons(three):
    old, middle, new = three
    continued(old, middle)
    continued(middle, new)
    before, now_there = (make_person("Trần Mẫu Bình", organisation_id=each.id) for each in (old, new))
    assert [each.person.id for each in alike(Described("Trần Mẫu Bình", middle.id))] == [before.id, now_there.id]
    assert alike(Described("Trần Mẫu Bình")) == []


def test_what_a_whole_office_shares_speaks_for_namesakes_alone(three):
    people = [make_person(f"Lê Mẫu {name}", phone="02963000001") for name in ("An", "Bình", "Cúc", "Dũng")]
    namesake = make_person("LE MAU AN", phone="02963000001")
    assert [each.person.id for each in alike(described(people[0]))] == [namesake.id]
    assert alike(described(people[1])) == []


def test_those_told_apart_are_not_asked_about(three):
    people = [make_person("Lê Mẫu An", organisation_id=three[0].id) for _ in range(3)]
    told_apart(people[0], people[1])
    assert [each.person.id for each in alike(described(people[0]))] == [people[2].id]
    assert [each.person.id for each in alike(described(people[1]))] == [people[2].id]


def test_a_closed_row_is_nobodys_double(three):
    one, other = (make_person("Lê Mẫu An", email="an@mau.example") for _ in range(2))
    closed(one, other)
    assert [each.person.id for each in alike(Described("Ai đó", email="an@mau.example"))] == [other.id]
    assert alike(described(other)) == []


def test_many_are_recognised_at_once(three, statements):
    old, here, _other = three
    continued(old, here)
    known = make_person("Lê Mẫu An", organisation_id=old.id, phone="0900000044", email="an@mau.example")
    office = [make_person(f"Ai {n}", phone="02963000001") for n in range(4)]
    other = make_person("An Lê", email="an@mau.example")
    told_apart(known, other)
    many = {
        1: Described("LE MAU AN", here.id),
        2: Described("Ai đó", phone="0900000044"),
        3: Described("Ai 2", phone="02963000001"),
        4: Described("Ai đó", email="AN@mau.example"),
        5: described(known),
        6: described(other),
        7: Described("Không ai"),
    }
    with statements() as seen:
        found = {key: [each.person.id for each in likely] for key, likely in alike_all(many).items()}
    assert len(seen) == 3
    assert found == {1: [known.id], 2: [known.id], 3: [office[2].id], 4: [known.id, other.id], 5: [], 6: [], 7: []}
    assert alike_all({}) == {}
