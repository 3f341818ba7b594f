"""Whom the lines of a file mean."""

import pytest

from kstthc_training.mandates.roster import FIELDS, Trouble, roster_of
from kstthc_training.sheets import read_table
from tests.directory.files import csv_bytes
from tests.support.factories import make_organisation, make_person

pytestmark = pytest.mark.usefixtures("app")


def roster(*lines, heading="Họ và tên;Đơn vị;Email"):
    return roster_of(read_table("tep.csv", csv_bytes(heading, *lines), fields=FIELDS))


def test_an_address_says_who_it_is_whatever_the_name():
    person = make_person("Lê An", email="an@mau.example")
    assert [each.id for each in roster("Lê Văn An;;AN@mau.example").found] == [person.id]


def test_namesakes_are_told_apart_by_their_organisation_in_full_or_short():
    office = make_organisation("Sở Nội vụ", short_name="SNV")
    here, _there = make_person("Lê An", organisation_id=office.id), make_person("Lê An")
    for word in ("sở nội vụ", "SNV"):
        assert [each.id for each in roster(f"Lê An;{word};").found] == [here.id]
    ((line, trouble),) = roster("Lê An;;").troubles
    assert (line.line, line.name, trouble) == (2, "Lê An", Trouble.SEVERAL)


def test_a_line_that_names_nobody_says_why_and_the_others_stand():
    person = make_person("Lê An")
    found = roster("Lê An;;", "Trần Không;;", ";Sở Mẫu;", "Lê An;Sở Khác;", "lê an;;")
    assert [each.id for each in found.found] == [person.id]
    assert [(line.line, trouble) for line, trouble in found.troubles] == [
        (3, Trouble.NOBODY), (4, Trouble.NAMELESS), (5, Trouble.NOBODY)
    ]  # fmt: skip


def test_one_statement_however_many_lines(statements):
    make_person("Lê An")
    with statements() as seen:
        roster(*(f"Lê An;Sở {n};" for n in range(40)))
    assert len(seen) == 1
