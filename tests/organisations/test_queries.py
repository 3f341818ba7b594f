"""Organisations are found by any of their words and told apart by where they belong."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations import queries
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.refusals import Unknown
from tests.organisations.kept import added, name_as_of


def found(search):
    return db.session.scalars(
        select(Organisation.name).where(*queries.found_by(search)).order_by(Organisation.sort_key)
    ).all()


@pytest.fixture
def province(now):
    top = added("Ủy ban nhân dân tỉnh", kind="office", level="province", now=now)
    for name in ("Châu Thành", "Kiên Lương"):
        district = added(
            f"UBND huyện {name}", short_name=f"UBND H. {name}", kind="district", level="district", parent_id=top.id, now=now
        )
        added("UBND xã Bình An", short_name="UBND X. Bình An", parent_id=district.id, now=now)
    return top


def test_every_word_must_match_without_accents(province):
    assert found("binh an kien luong") == ["UBND xã Bình An"]
    assert found("BÌNH  an") == ["UBND xã Bình An", "UBND xã Bình An"]
    assert found("binh an giong rieng") == []


@pytest.mark.parametrize("hostile", ["%", "_", "\\", "' OR 1=1 --", "Robert'); DROP TABLE organisations;--"])
def test_signs_stand_for_themselves(province, hostile):
    assert found(hostile) == []


def test_choices_say_where_same_names_belong(province):
    labels = [choice.label for choice in queries.organisation_choices(date(2026, 1, 1))]
    assert labels == [
        "Ủy ban nhân dân tỉnh",
        "UBND H. Châu Thành",
        "UBND H. Kiên Lương",
        "UBND X. Bình An, UBND H. Châu Thành",
        "UBND X. Bình An, UBND H. Kiên Lương",
    ]


def test_choices_leave_the_ended_out_but_for_those_asked_for(now):
    ended = added("Xã Cũ", valid_to=date(2025, 6, 30), now=now)
    assert queries.organisation_choices(date(2025, 7, 1)) == []
    assert [c.id for c in queries.organisation_choices(date(2025, 7, 1), also=[ended.id])] == [ended.id]
    assert [c.id for c in queries.organisation_choices(date(2025, 6, 30))] == [ended.id]


def test_choices_hold_those_to_come_when_asked(now):
    added("Xã Mới", valid_from=date(2026, 7, 1), now=now)
    assert queries.organisation_choices(date(2026, 6, 30)) == []
    assert [c.label for c in queries.organisation_choices(date(2026, 6, 30), to_come=True)] == ["Xã Mới"]


def test_organisation_comes_with_what_pages_show(province, statements):
    with statements() as seen:
        organisation = queries.get_organisation(province.id)
        assert (organisation.kind.code, organisation.level.code, organisation.parent) == ("office", "province", None)
    assert len(seen) == 1
    with pytest.raises(Unknown):
        queries.get_organisation(10**9)


def test_names_on_days_of_their_own(now):
    body = added("Sở Cũ", now=now)
    with unit_of_work() as session:
        session.execute(delete(OrganisationName).where(OrganisationName.organisation_id == body.id))
        session.add(OrganisationName(organisation_id=body.id, name="Sở Cũ", valid_from=date(2020, 1, 1)))
        session.add(OrganisationName(organisation_id=body.id, name="Sở Mới", valid_from=date(2025, 7, 1)))
    days = [date(2019, 12, 31), date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)]
    names = queries.names_on([(body.id, day) for day in days])
    assert [names[body.id, day] for day in days] == ["Sở Cũ", "Sở Cũ", "Sở Mới", "Sở Mới"]
    for day in days:
        assert queries.names_on([(body.id, day)])[body.id, day] == name_as_of(body.id, day)
    assert queries.names_on([]) == {}
