"""How somebody stands is derived: from results of the events that count, exemptions, and the last day."""

from datetime import date

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.mandates import service
from kstthc_training.mandates.enums import MandateStanding
from kstthc_training.mandates.errors import DocumentMissing, NobodyChosen
from kstthc_training.mandates.queries import (
    ListFilter,
    get_mandate,
    mandate_lines,
    own_mandates,
    people_listed,
    standings_of,
)
from kstthc_training.people.actors import SYSTEM
from kstthc_training.refusals import Stale, Unknown
from tests.attendance.doors import reopen
from tests.mandates.ordered import DUE, draft, ordered, standings
from tests.reports.made import ABSENT, LATE, PRESENT, at, hold
from tests.support.factories import make_event, make_organisation, make_person

pytestmark = pytest.mark.usefixtures("app")
TODAY = date(2026, 3, 18)


def act(verb, mandate_id, **said):
    with unit_of_work():
        return verb(actor=SYSTEM, mandate_id=mandate_id, now=clock.now(), **said)


def test_whoever_attended_an_event_that_counts_has_done_it_and_nobody_else():
    came, late, missed, other = (make_person(name) for name in ("Lê An", "Lê Bình", "Lê Chi", "Lê Dung"))
    counted = hold(at(2, 3), [(came, None, PRESENT), (late, None, LATE), (missed, None, ABSENT)])
    hold(at(3, 3), [(other, None, PRESENT)])
    mandate = ordered(came, late, missed, other, events=(counted,))
    assert standings(mandate) == {"Lê An": "done", "Lê Bình": "done", "Lê Chi": "due", "Lê Dung": "due"}


def test_the_first_event_attended_is_the_one_that_is_told():
    person = make_person("Lê An")
    first = hold(at(2, 3), [(person, None, PRESENT)], title="Lớp đầu")
    second = hold(at(9, 3), [(person, None, PRESENT)], title="Lớp sau")
    mandate = ordered(person, events=(second, first))
    (row,), total = people_listed(mandate, ListFilter(), today=TODAY)
    assert (row.event_title, row.done_on, row.code, total) == ("Lớp đầu", date(2026, 3, 2), f"2026-{first.number}", 1)


@pytest.mark.parametrize(("today", "standing"), [(DUE, "due"), (date(2026, 4, 1), "overdue")])
def test_the_last_day_itself_is_in_time(today, standing):
    assert standings(ordered(make_person("Lê An")), today) == {"Lê An": standing}


def test_reopening_the_attendance_takes_what_was_done_back():
    person = make_person("Lê An")
    event = hold(at(2, 3), [(person, None, PRESENT)])
    mandate = ordered(person, events=(event,))
    reopen(event, "Sót tên")
    assert standings(mandate) == {"Lê An": "due"}


def test_an_exemption_frees_and_done_goes_before_it():
    came, freed = make_person("Lê An"), make_person("Lê Bình")
    mandate = ordered(came, freed, events=(hold(at(2, 3), [(came, None, PRESENT)]),))
    freed_ids = act(service.exempt_people, mandate, person_ids=[came.id, freed.id], document="12/QĐ-SNV")
    assert sorted(freed_ids) == sorted([came.id, freed.id])
    assert standings(mandate, date(2026, 5, 1)) == {"Lê An": "done", "Lê Bình": "exempt"}
    act(service.lift_exemption, mandate, person_ids=[freed.id])
    assert standings(mandate, date(2026, 5, 1)) == {"Lê An": "done", "Lê Bình": "overdue"}


def test_an_exemption_without_a_document_or_without_people_is_refused():
    mandate = ordered(make_person())
    with pytest.raises(DocumentMissing):
        act(service.exempt_people, mandate, person_ids=[1], document="")
    with pytest.raises(NobodyChosen):
        act(service.exempt_people, mandate, person_ids=[make_person().id], document="12/QĐ-SNV")
    with pytest.raises(NobodyChosen):
        act(service.list_people, mandate, person_ids=[])


def test_people_are_listed_once_and_keep_their_exemption():
    person, new = make_person("Lê An"), make_person("Lê Bình")
    mandate = ordered(person)
    act(service.exempt_people, mandate, person_ids=[person.id], document="12/QĐ-SNV")
    assert act(service.list_people, mandate, person_ids=[person.id, new.id, new.id]) == 1
    assert standings(mandate) == {"Lê An": "exempt", "Lê Bình": "due"}
    act(service.unlist_people, mandate, person_ids=[person.id])
    assert standings(mandate) == {"Lê Bình": "due"}


def test_an_event_counts_once_and_may_count_no_more():
    person = make_person("Lê An")
    event = hold(at(2, 3), [(person, None, PRESENT)])
    mandate = ordered(person, events=(event, event))
    assert standings(mandate) == {"Lê An": "done"}
    act(service.leave_event, mandate, event_id=event.id)
    assert standings(mandate) == {"Lê An": "due"}


@pytest.mark.parametrize("fields", [{"state": EventState.CANCELLED}, {"state": EventState.DRAFT, "discarded_at": at(1, 3)}])
def test_what_is_called_off_does_not_count(fields):
    with pytest.raises(Unknown):
        act(service.count_event, ordered(), event_id=make_event(**fields).id)


def test_a_change_needs_the_version_that_was_seen():
    mandate = ordered()
    act(service.change_training, mandate, draft=draft("Tên mới"), version=1)
    with pytest.raises(Stale) as refused:
        act(service.change_training, mandate, draft=draft("Tên khác"), version=1)
    assert refused.value.facts == {"saved_version": 2}
    assert get_mandate(mandate).name == "Tên mới"


def test_a_withdrawn_training_asks_nothing_until_it_is_restored():
    person = make_person()
    mandate = ordered(person)
    act(service.withdraw_training, mandate)
    assert own_mandates(person_id=person.id, today=TODAY) == []
    assert mandate_lines(today=TODAY) == []
    assert [line.id for line in mandate_lines(withdrawn=True, today=TODAY)] == [mandate]
    act(service.restore_training, mandate)
    assert [each.mandate_id for each in own_mandates(person_id=person.id, today=TODAY)] == [mandate]


def test_counts_of_the_list_are_those_of_its_rows():
    came, freed, left = (make_person() for _ in range(3))
    mandate = ordered(came, freed, left, events=(hold(at(2, 3), [(came, None, PRESENT)]),))
    act(service.exempt_people, mandate, person_ids=[freed.id], document="12/QĐ-SNV")
    empty = ordered(name="Chưa có ai")
    counts = standings_of(mandate, today=TODAY)
    assert counts == {
        MandateStanding.DONE: 1, MandateStanding.EXEMPT: 1, MandateStanding.OVERDUE: 0, MandateStanding.DUE: 1
    }  # fmt: skip
    lines = {line.id: line[4:] for line in mandate_lines(today=TODAY)}
    assert lines == {mandate: (3, 1, 1, 0, 1), empty: (0, 0, 0, 0, 0)}


def test_a_list_is_narrowed_by_standing_words_and_organisation():
    office, other = make_organisation("Sở Nội vụ"), make_organisation("Sở Tài chính")
    here, there = make_person("Lê An", organisation_id=office.id), make_person("Lê Bình", organisation_id=other.id)
    mandate = ordered(here, there, events=(hold(at(2, 3), [(there, other, PRESENT)]),))

    def found(**wanted):
        return [each.full_name for each in people_listed(mandate, ListFilter(**wanted), today=TODAY)[0]]

    assert found() == ["Lê An", "Lê Bình"]
    assert found(standing=MandateStanding.DONE) == ["Lê Bình"]
    assert found(search="noi vu") == ["Lê An"]
    assert found(search="binh") == ["Lê Bình"]
    assert found(organisation_id=office.id) == ["Lê An"]


def test_an_organisation_sees_its_own_people_alone():
    office = make_organisation()
    own, _stranger = make_person("Lê An", organisation_id=office.id), make_person("Lê Bình")
    ordered(own, _stranger)
    assert [each.full_name for each in own_mandates(organisation_id=office.id, today=TODAY)] == ["Lê An"]


def test_every_act_is_in_the_log():
    person = make_person()
    event = make_event()
    mandate = ordered(person, events=(event,))
    act(service.exempt_people, mandate, person_ids=[person.id], document="12/QĐ-SNV")
    act(service.lift_exemption, mandate, person_ids=[person.id])
    act(service.unlist_people, mandate, person_ids=[person.id])
    act(service.leave_event, mandate, event_id=event.id)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "mandate").order_by(AuditEntry.id))
    assert [(entry.action, entry.subject_id) for entry in entries] == [
        (f"mandate.{verb}", mandate)
        for verb in (
            "added",
            "people_added",
            "event_added",
            "exempted",
            "exemption_lifted",
            "people_dropped",
            "event_dropped",
        )
    ]
