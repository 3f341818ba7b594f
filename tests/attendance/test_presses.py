"""What a press by script answers is what the page shows when it is asked for again: cell, column, latest mark, tab."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import Mark
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.people.enums import Role
from tests.attendance.arrivals import running_event
from tests.attendance.doors import PRESS, press, put_mark, sessions_of
from tests.support.factories import make_account, make_event, make_person, make_registration


@pytest.fixture
def organizer(client_for):
    return client_for(make_account(Role.ORGANIZER, person=make_person("Trần Mẫu Ghi")))


def shown(organizer, event):
    """The figure of the tab ('' for none), those of the columns, and everybody's latest mark, as the page has them."""
    page = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh")
    tab = page.xpath("string(//nav[@class='tabs']/a[@aria-current]/span[@class='n'])")
    return tab, page.xpath("//*[@data-count]/text()"), page.xpath("//*[@data-last]/text()")


def test_a_press_by_script_answers_with_the_truth(organizer):
    event = running_event()
    registration = make_registration(event)
    answer = press(organizer, event, registration, "late", script=True)
    assert answer.json == {
        "status": "late", "before": "none", "counts": {str(sessions_of(event)[0].id): 1}, "seen": 1,
        "last": "09:00 trên bảng, Trần Mẫu Ghi",
    }  # fmt: skip
    assert shown(organizer, event) == ("1", ["1"], ["09:00 trên bảng, Trần Mẫu Ghi"])


def test_an_undo_answers_with_the_truth_and_is_told_as_one(organizer):
    event = running_event()
    registration = make_registration(event)
    press(organizer, event, registration, script=True)
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        answer = press(organizer, event, registration, "none", script=True, nonce=PRESS[::-1], undo="1")
        assert (answer.json["seen"], answer.json["last"]) == (0, "09:02 hoàn tác, Trần Mẫu Ghi")
        assert shown(organizer, event) == ("", ["0"], ["09:02 hoàn tác, Trần Mẫu Ghi"])
    assert db.session.scalars(select(Mark.method).order_by(Mark.id)).all() == [MarkMethod.ROSTER, MarkMethod.UNDO]


def test_the_tab_counts_people_seen_in_any_session_and_the_column_those_of_its_own(organizer):
    event = running_event(sessions=2)
    one, other, gone = (make_registration(event) for _ in range(3))
    second = sessions_of(event)[1]
    put_mark(event, one.id, MarkStatus.LATE)
    put_mark(event, one.id, session_id=second.id, now=second.starts_at)
    put_mark(event, gone.id, MarkStatus.ABSENT)
    answer = press(organizer, event, other, script=True)
    assert (answer.json["counts"], answer.json["seen"]) == ({str(sessions_of(event)[0].id): 2}, 2)
    assert shown(organizer, event)[:2] == ("2", ["2", "1"])


def test_the_same_press_arriving_later_tells_when_it_first_came(organizer):
    event = running_event()
    registration = make_registration(event)
    first = press(organizer, event, registration, script=True)
    with clock.frozen(clock.now() + timedelta(minutes=3)):
        assert press(organizer, event, registration, script=True).json["last"] == first.json["last"]


def test_the_same_press_twice_is_one_mark(organizer):
    event = running_event()
    registration = make_registration(event)
    answers = [press(organizer, event, registration, script=True) for _ in range(3)]
    assert {a.json["status"] for a in answers} == {"present"}
    assert len(db.session.scalars(select(Mark.id)).all()) == 1


def test_a_press_needs_the_same_statements_for_many(organizer, statements):
    counted = []
    for people in (2, 30):
        event = running_event(sessions=2)
        registrations = [make_registration(event) for _ in range(people)]
        for registration in registrations[1:]:
            put_mark(event, registration.id)
        with statements() as seen:
            press(organizer, event, registrations[0], script=True, nonce=f"{PRESS}{people}")
        counted.append(len(seen))
    assert counted == [11, 11]


def test_a_press_on_a_postponed_event_says_why_nothing_is_marked(organizer):
    event = make_event(starts_at=clock.now(), state=EventState.POSTPONED)
    answer = press(organizer, event, make_registration(event), script=True)
    assert (answer.status_code, "hoãn" in answer.json["problem"]) == (422, True)
