"""Who on record may be each of many described: as for one, in as many statements for many as for one."""

from datetime import date

import pytest

from kstthc_training.organisations.models import Succession
from kstthc_training.people.enums import Clue
from kstthc_training.people.likeness import Described
from kstthc_training.people.likenesses import alike_all
from tests.support.factories import make_organisation, make_person, rows


def found(**described):
    return {(each.person.id, *sorted(each.clues)) for each in alike_all({7: Described(**described)})[7]}


@pytest.mark.parametrize(
    ("described", "clue"),
    [
        ({"full_name": "Ai Khác", "email": " BINH@bao.example "}, Clue.EMAIL),
        ({"full_name": "Ai Khác", "phone": "+84 900 000 002"}, Clue.PHONE),
    ],
)
def test_an_address_or_a_number_speaks_for_somebody(app, described, clue):
    person = make_person("Trần Mẫu Bình", email="binh@bao.example", phone="0900000002")
    make_person("Người Khác")
    assert found(**described) == {(person.id, clue)}


def test_a_name_speaks_in_the_same_organisation_and_in_one_that_continues_it(app):
    old, new, other = (make_organisation() for _n in range(3))
    with rows() as session:
        link = Succession(predecessor_id=old.id, successor_id=new.id, effective_on=date(2025, 7, 1), whole=True)
        link.legal_basis = ""
        session.add(link)
    known = make_person("Trần Mẫu Bình", organisation_id=new.id, email="")
    make_person("Trần Mẫu Bình", organisation_id=other.id, email="")
    make_person("Trần Mẫu Bình", email="")
    assert found(full_name="TRAN mau binh", organisation_id=old.id) == {(known.id, Clue.NAME)}
    assert found(full_name="Trần Mẫu Bình") == set()


def test_his_own_row_and_what_a_whole_office_shares_are_left_out(app):
    own = make_person("Trần Mẫu Bình", email="binh@bao.example")
    assert found(full_name="Trần Mẫu Bình", email="binh@bao.example", but=own.id) == set()
    office = [make_person(name, phone="0297000111", email="") for name in ("Lê Mẫu A", "Lê Mẫu B", "Lê Mẫu C")]
    assert found(full_name="Lê Mẫu C", phone="0297000111") == {(office[2].id, Clue.PHONE)}


def test_many_take_as_many_statements_as_one(app, statements):
    for number in range(8):
        make_person(email=f"x{number}@bao.example")
    counts = []
    for many in (1, 8):
        with statements() as seen:
            alike = alike_all({n: Described(f"Danh {n}", email=f"x{n}@bao.example") for n in range(many)})
        counts.append(len(seen))
        assert [len(each) for each in alike.values()] == [1] * many
    assert (counts, alike_all({})) == ([2, 2], {})
