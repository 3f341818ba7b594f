"""People are taken in and changed; a stale edit is refused; what they are found by follows."""

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import PersonDraft, add_people, add_person, change_person
from kstthc_training.refusals import Stale
from kstthc_training.text import name_sort_key
from tests.support.factories import make_organisation


def added(now, **said):
    with unit_of_work():
        person = add_person(actor=SYSTEM, draft=PersonDraft(**said), now=now)
    return stored(person.id)


def changed(person, *, now, version=None, **said):
    with unit_of_work():
        change_person(actor=SYSTEM, person=person, draft=PersonDraft(**said), version=version or person.version, now=now)
    return stored(person.id)


def stored(person_id):
    db.session.rollback()
    person = db.session.get_one(Person, person_id)
    db.session.refresh(person)
    db.session.expunge(person)
    return person


def test_person_is_found_by_name_title_address_and_number(now):
    person = added(
        now, full_name="Bùi Mẫu  Lệ", title="Văn phòng – thống kê", email="le.bm@ngocchuc.example", phone="+84 900.000.018"
    )
    assert person.search_text == "bui mau le | van phong – thong ke le.bm@ngocchuc.example 0900000018"
    assert (person.full_name, person.phone) == ("Bùi Mẫu Lệ", "0900000018")
    assert person.sort_key == name_sort_key("Bùi Mẫu Lệ")


def test_many_are_added_in_their_order_in_few_statements(now, engine_name, statements):
    drafts = [PersonDraft(full_name=f"Nguyễn Mẫu {n}") for n in range(300)]
    with unit_of_work(), statements() as seen:
        people = add_people(actor=SYSTEM, drafts=drafts, now=now)
        assert [person.full_name for person in people] == [draft.full_name for draft in drafts]
    assert len(seen) <= {"postgresql": 4, "sqlite": 600}[engine_name]
    assert len(db.session.scalars(select(AuditEntry.id).where(AuditEntry.action == "person.added")).all()) == 300


def test_change_is_kept_indexed_and_recorded_without_personal_data(now):
    organisation = make_organisation()
    person = added(now, full_name="Bùi Mẫu Lệ", phone="0900000018")
    said = {"full_name": "Bùi Mẫu Lê", "organisation_id": organisation.id, "phone": "0900 000 018"}
    person = changed(person, now=now, **said)
    assert (person.full_name, person.organisation_id, person.phone, person.version) == (
        "Bùi Mẫu Lê", organisation.id, "0900000018", 2,
    )  # fmt: skip
    assert person.search_text == "bui mau le | 0900000018"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.changed")).one()
    assert entry.facts == {"fields": ["full_name", "organisation_id"]}


def test_unchanged_edit_records_nothing(now):
    person = added(now, full_name="Bùi Mẫu Lệ", phone="0900000018")
    assert changed(person, now=now, full_name="Bùi  Mẫu Lệ ", phone="+84900000018").version == 1
    assert db.session.scalars(select(AuditEntry.action)).all() == ["person.added"]


def test_stale_edit_is_refused(now):
    person = added(now, full_name="Bùi Mẫu Lệ")
    changed(person, now=now, full_name="Bùi Mẫu Lan")
    with pytest.raises(Stale) as refused:
        changed(person, now=now, version=1, full_name="Bùi Mẫu Liên")
    assert refused.value.facts == {"saved_version": 2}
    assert stored(person.id).full_name == "Bùi Mẫu Lan"
