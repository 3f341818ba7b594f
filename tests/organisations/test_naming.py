"""Names over time: the old one to the day before, the new one from the very day on, one ahead when its day comes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations import errors, service
from kstthc_training.organisations.jobs import take_names
from kstthc_training.organisations.queries import names_as_of, names_of
from kstthc_training.people.actors import SYSTEM
from tests.organisations.kept import added, fresh, name_as_of
from tests.support.factories import make_organisation

OLD, NEW = "Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường"
DAY = date(2025, 3, 1)
EVE = DAY - timedelta(days=1)


def rename(organisation, name=NEW, from_day=DAY, *, short_name="", now):
    with unit_of_work():
        service.rename(actor=SYSTEM, organisation=organisation, name=name, short_name=short_name, from_day=from_day, now=now)
    return fresh(organisation)


@pytest.fixture
def department(now):
    return added(OLD, short_name="Sở NN&PTNT", kind="department", level="province", now=now)


def test_new_name_holds_from_its_very_day(department, now):
    renamed = rename(department, short_name="Sở NN&MT", now=now)
    assert (renamed.name, renamed.short_name, renamed.version) == (NEW, "Sở NN&MT", 2)
    assert name_as_of(department.id, EVE) == OLD
    assert name_as_of(department.id, DAY) == NEW
    assert name_as_of(department.id, EVE, short=True) == "Sở NN&PTNT"
    assert name_as_of(department.id, DAY, short=True) == "Sở NN&MT"


def test_both_names_find_it_and_those_beneath(department, now):
    beneath = added("Chi cục Thủy lợi", parent_id=department.id, now=now)
    renamed = rename(department, now=now)
    assert "phat trien nong thon" in renamed.search_text
    assert "moi truong" in renamed.search_text
    assert "moi truong" in fresh(beneath).search_text
    assert renamed.sort_key != department.sort_key


def test_name_set_ahead_is_borne_when_its_day_comes(department, now):
    tomorrow = date(2026, 3, 19)
    renamed = rename(department, from_day=tomorrow, now=now)
    assert renamed.name == OLD
    assert "moi truong" in renamed.search_text
    before_midnight, after_midnight = (
        datetime(2026, 3, 18, hour, minute, tzinfo=UTC) for hour, minute in ((16, 59), (17, 0))
    )
    take_names({}, before_midnight)
    assert fresh(department).name == OLD
    take_names({}, after_midnight)
    assert fresh(department).name == NEW
    version = fresh(department).version
    take_names({}, after_midnight)
    assert fresh(department).version == version


def test_name_of_a_day_before_the_last_change_stands_between(department, now):
    rename(department, "Tên thứ ba", date(2026, 1, 1), now=now)
    renamed = rename(department, "Tên thứ hai", DAY, now=now)
    assert renamed.name == "Tên thứ ba"
    days = (EVE, DAY, date(2025, 12, 31), date(2026, 1, 1))
    assert [name_as_of(department.id, day) for day in days] == [OLD, "Tên thứ hai", "Tên thứ hai", "Tên thứ ba"]


def test_second_name_of_one_day_is_refused(department, now):
    rename(department, now=now)
    with pytest.raises(errors.NameDayTaken) as refused:
        rename(department, "Tên khác", now=now)
    assert refused.value.facts == {"day": DAY, "name": NEW}
    assert fresh(department).name == NEW


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2020, 1, 1), True), (date(2019, 12, 31), False), (date(2025, 6, 30), True), (date(2025, 7, 1), False)],
)
def test_name_begins_within_the_time_of_its_bearer(now, day, allowed):
    organisation = added("Xã A", valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30), now=now)
    if allowed:
        assert rename(organisation, "Xã B", day, now=now).version == 2
    else:
        with pytest.raises(errors.OutsideItsTime):
            rename(organisation, "Xã B", day, now=now)


def test_corrected_name_stands_on_old_papers_too(department, now):
    with unit_of_work():
        service.correct_name(actor=SYSTEM, organisation=department, name="Sở Nông nghiệp & PTNT", now=now)
    assert fresh(department).name == "Sở Nông nghiệp & PTNT"
    assert name_as_of(department.id, date(2019, 1, 1)) == "Sở Nông nghiệp & PTNT"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "organisation.name_corrected")).one()
    assert entry.facts == {"before": [OLD, "Sở NN&PTNT"], "after": ["Sở Nông nghiệp & PTNT", ""]}


def test_correction_leaves_earlier_and_later_names(department, now):
    rename(department, now=now)
    rename(department, "Tên sau này", date(2027, 1, 1), now=now)
    with unit_of_work():
        service.correct_name(actor=SYSTEM, organisation=department, name="Sở Nông nghiệp và môi trường", now=now)
    assert [n.name for n in names_of(department.id)] == [OLD, "Sở Nông nghiệp và môi trường", "Tên sau này"]


def test_organisation_without_names_on_record_has_its_own(app, now):
    bare = make_organisation("Sở Cũ")
    assert name_as_of(bare.id, EVE) == "Sở Cũ"
    rename(bare, "Sở Mới", now=now)
    assert [name_as_of(bare.id, day) for day in (EVE, DAY)] == ["Sở Cũ", "Sở Mới"]


def test_names_of_many_are_looked_up_in_one_statement(department, now, statements):
    others = [make_organisation() for _ in range(20)]
    rename(department, now=now)
    with statements() as seen:
        names = names_as_of([department.id, *(o.id for o in others), 10**9], EVE)
    assert len(seen) == 1
    assert names == {department.id: OLD, **{o.id: o.name for o in others}}
