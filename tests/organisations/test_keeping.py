"""Organisations are taken in and changed: codes pass on, parents stay above, stale edits are refused."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations import errors, service
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.people.actors import SYSTEM
from kstthc_training.refusals import Stale
from tests.organisations.kept import added, details, draft, fresh


def change(organisation, said, *, now, version=None):
    with unit_of_work():
        service.change(
            actor=SYSTEM, organisation=organisation, details=said, version=version or organisation.version, now=now
        )
    return fresh(organisation)


def actions():
    return db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()


def test_added_is_found_by_its_names_code_and_parent(now):
    district = added("Ủy ban nhân dân huyện Giồng Riềng", kind="district", level="district", code="906", now=now)
    commune = added(
        "Ủy ban nhân dân xã Ngọc Chúc", short_name="UBND X. Ngọc Chúc", code="30925", parent_id=district.id, now=now
    )
    assert commune.search_text == "uy ban nhan dan xa ngoc chuc ubnd x. ngoc chuc | 30925 uy ban nhan dan huyen giong rieng"
    borne = db.session.execute(
        select(OrganisationName.name, OrganisationName.short_name, OrganisationName.valid_from).where(
            OrganisationName.organisation_id == commune.id
        )
    ).all()
    assert borne == [("Ủy ban nhân dân xã Ngọc Chúc", "UBND X. Ngọc Chúc", None)]
    assert actions() == ["organisation.added", "organisation.added"]


def test_names_typed_in_decomposed_letters_are_stored_composed(now):
    assert added("So\u031b\u0309 Tu\u031b pha\u0301p", now=now).name == "Sở Tư pháp"


def test_phone_is_kept_as_digits_where_it_is_one(now):
    assert added("Sở A", phone="+84 297.3862.088", now=now).phone == "02973862088"
    assert added("Sở B", phone="máy lẻ 12", now=now).phone == "máy lẻ 12"


def test_code_of_a_living_organisation_is_refused(now):
    added("Thị trấn Dương Đông", code="31078", now=now)
    with pytest.raises(errors.CodeTaken) as refused:
        added("Đặc khu Phú Quốc", code="31078", now=now)
    assert refused.value.facts == {"code": "31078", "name": "Thị trấn Dương Đông"}
    assert len(db.session.scalars(select(Organisation.id)).all()) == 1


@pytest.mark.parametrize(("begins", "passes"), [(date(2025, 6, 30), False), (date(2025, 7, 1), True)])
def test_code_passes_on_from_the_day_after_the_end(now, begins, passes):
    former = added("Thị trấn Dương Đông", code="31078", valid_to=date(2025, 6, 30), now=now)
    if not passes:
        with pytest.raises(errors.CodeTaken):
            added("Đặc khu Phú Quốc", code="31078", valid_from=begins, now=now)
        return
    later = added("Đặc khu Phú Quốc", code="31078", valid_from=begins, now=now)
    assert (fresh(former).code, later.code) == (None, "31078")
    assert "31078" not in fresh(former).search_text


def test_end_before_the_beginning_is_refused(now):
    with pytest.raises(errors.EndsBeforeItBegins):
        added("Sở A", valid_from=date(2025, 7, 1), valid_to=date(2025, 6, 30), now=now)
    assert added("Sở B", valid_from=date(2025, 7, 1), valid_to=date(2025, 7, 1), now=now).valid_to == date(2025, 7, 1)


def test_change_keeps_what_was_said_and_records_it(now):
    organisation = added("Xã A", now=now)
    parent = added("Huyện B", kind="district", level="district", now=now)
    changed = change(organisation, details(parent_id=parent.id, email="a@xa.example", phone="0297 3862 088"), now=now)
    assert (changed.parent_id, changed.email, changed.phone, changed.version) == (
        parent.id,
        "a@xa.example",
        "02973862088",
        2,
    )
    assert changed.search_text == "xa a | huyen b"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "organisation.changed")).one()
    assert entry.facts["changes"] == {
        "parent_id": [None, parent.id], "email": ["", "a@xa.example"], "phone": ["", "02973862088"],
    }  # fmt: skip


def test_unchanged_change_records_nothing(now):
    organisation = added("Xã A", now=now)
    assert change(organisation, details(), now=now).version == 1
    assert actions() == ["organisation.added"]


def test_stale_change_is_refused(now):
    organisation = added("Xã A", now=now)
    change(organisation, details(email="mot@xa.example"), now=now)
    with pytest.raises(Stale) as refused:
        change(organisation, details(email="hai@xa.example"), version=1, now=now)
    assert refused.value.facts == {"saved_version": 2}
    assert fresh(organisation).email == "mot@xa.example"


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_parent_is_never_beneath(now, depth):
    line = [added("Đơn vị 0", now=now)]
    for number in range(1, depth + 1):
        line.append(added(f"Đơn vị {number}", parent_id=line[-1].id, now=now))
    with pytest.raises(errors.ParentBeneath):
        change(line[0], details(parent_id=line[-1].id), now=now)
    assert fresh(line[0]).parent_id is None


def test_of_two_who_take_one_code_at_one_time_one_gets_it(app, now):
    ready, outcomes = Barrier(2), []

    def take(name):
        with app.app_context():
            ready.wait()
            try:
                with unit_of_work():
                    service.add(actor=SYSTEM, draft=draft(name, code="7"), now=now)
                outcomes.append("added")
            except errors.CodeTaken:
                outcomes.append("refused")

    threads = [Thread(target=take, args=(name,)) for name in ("Xã A", "Xã B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added", "refused"]
    assert db.session.scalars(select(Organisation.code)).all() == ["7"]
