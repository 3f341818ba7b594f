"""The first save of an event."""

from datetime import date

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events import errors
from kstthc_training.events.drafts import AgendaItemDraft
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.service import create_event
from kstthc_training.people.actors import SYSTEM
from kstthc_training.refusals import NotAllowed, Refusal
from tests.events.drafts import at, draft, organizer, session, stored
from tests.support.factories import make_person


def test_first_save_gives_the_next_number_of_the_year(app, now):
    actor = organizer()
    codes = [stored(actor, draft(), now).code for _ in range(2)]
    codes.append(stored(actor, draft(sessions=(session(day=date(2027, 1, 4)),)), now).code)
    assert codes == ["2026-1", "2026-2", "2027-1"]


def test_year_is_that_of_the_local_day(app, now):
    """06:00 on New Year's Day in the province is still the old year in UTC."""
    event = stored(organizer(), draft(sessions=(session(6, 8, date(2027, 1, 1)),)), now)
    assert event.code == "2027-1"


def test_number_of_a_refused_save_is_not_lost(app, now):
    actor = organizer()
    with pytest.raises(errors.NoSession), unit_of_work():
        create_event(actor=actor, draft=draft(sessions=()), now=now)
    assert stored(actor, draft(), now).code == "2026-1"


def test_draft_is_stored_whole(app, now):
    actor, guard = organizer(), make_person()
    event = stored(
        actor,
        draft(
            sessions=(session(13, 17, name="Chiều"), session(8, 11, name="Sáng")),
            agenda=(AgendaItemDraft(starts_at=at(8), ends_at=at(8, 10), title="Khai mạc", speakers="Lê Mẫu Châu"),),
            chair="Đỗ Mẫu Bình",
            door_staff_ids=frozenset({guard.id}),
        ),
        now,
    )
    assert (event.state, event.owner_id, event.version, event.revision) == (EventState.DRAFT, actor.person_id, 1, 1)
    assert [(s.position, s.name, s.sequence) for s in event.sessions] == [(0, "Sáng", 0), (1, "Chiều", 0)]
    assert (event.starts_at, event.ends_at) == (at(8), at(17))
    assert [(a.title, a.speakers) for a in event.agenda_items] == [("Khai mạc", "Lê Mẫu Châu")]
    assert [row.person_id for row in event.door_staff] == [guard.id]
    assert event.search_text == "tap huan mau | 2026-1 do mau binh"


def test_saving_is_recorded(app, now):
    event = stored(organizer(), draft(), now)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject_id, entry.facts) == (
        "event.created",
        event.id,
        {"code": "2026-1", "title": "Tập huấn mẫu"},
    )


def test_nobody_in_particular_owns_no_event(app, now):
    with pytest.raises(NotAllowed), unit_of_work():
        create_event(actor=SYSTEM, draft=draft(), now=now)


@pytest.mark.parametrize(
    ("said", "refusal", "facts"),
    [
        ({"sessions": ()}, errors.NoSession, {}),
        (
            {"sessions": (session(8, 8),)},
            errors.SessionEndsBeforeItStarts,
            {"session": 1, "starts_at": at(8)},
        ),
        ({"sessions": (session(8, 11), session(10, 12))}, errors.SessionsOverlap, {"first": 1, "second": 2}),
        (
            {"agenda": (AgendaItemDraft(starts_at=at(9, day=date(2026, 4, 5)), title="Kết luận"),)},
            errors.AgendaItemOutside,
            {"item": 1, "title": "Kết luận", "starts_at": at(9, day=date(2026, 4, 5))},
        ),
        (
            {"agenda": (AgendaItemDraft(starts_at=at(9), ends_at=at(9), title="Hỏi đáp"),)},
            errors.AgendaItemEndsBeforeItStarts,
            {"item": 1, "title": "Hỏi đáp"},
        ),
        (
            {"registration_opens_at": at(7), "registration_closes_at": at(7)},
            errors.RegistrationClosesTooEarly,
            {"opens_at": at(7), "closes_at": at(7)},
        ),
        ({"online_url": "javascript:alert(1)"}, errors.OnlineAddressUnusable, {"address": "javascript:alert(1)"}),
    ],
)
def test_unsound_draft_is_refused_with_facts(app, now, said, refusal, facts):
    with pytest.raises(Refusal) as refused, unit_of_work():
        create_event(actor=organizer(), draft=draft(**said), now=now)
    assert (type(refused.value), refused.value.facts) == (refusal, facts)
    assert db.session.scalars(select(Event)).all() == []


def test_sessions_may_touch(app, now):
    event = stored(organizer(), draft(sessions=(session(8, 10), session(10, 12))), now)
    assert len(event.sessions) == 2


def test_guests_may_be_received_before_the_session(app, now):
    early = AgendaItemDraft(starts_at=at(7, 30), ends_at=at(8), title="Đón tiếp đại biểu")
    assert [a.title for a in stored(organizer(), draft(agenda=(early,)), now).agenda_items] == ["Đón tiếp đại biểu"]
