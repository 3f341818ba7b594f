"""Bỏ dự thảo: a draft goes for good, its number and its history stay."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events import errors, service
from kstthc_training.events.conflicts import conflicts_of
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.service import edit_event, release
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import Kept
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.models import Material
from kstthc_training.materials.service import MaterialDraft, add_material, note_download
from kstthc_training.people.enums import Role
from kstthc_training.refusals import Unknown
from tests.events.drafts import draft, draft_of, organizer, stored
from tests.support.factories import make_account, make_event, make_venue

FOUND_IN = (
    "/dieu-hanh?trang-thai=du-thao",
    "/dieu-hanh?trang-thai=da-ket-thuc",
    "/lich/2026/4/6",
    "/lich/2026/4",
    "/tim?q=bo+di",
)


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def made(app, now):
    """A draft of an organizer, in a room."""
    actor = organizer()
    return actor, stored(actor, draft("Bỏ đi", venue_id=make_venue("Hội trường").id), now)


def here(event):
    return f"/hop/{event.code}/bo-du-thao"


def test_the_draft_is_found_nowhere_any_more(browser, made, now):
    _actor, event = made
    titles = [browser.page(address).text_content().count("Bỏ đi") for address in FOUND_IN]
    assert [count > 0 for count in titles] == [True, False, True, True, True]
    assert here(event) in browser.page(f"/hop/{event.code}/quan-ly").xpath("//a/@href")
    assert f"Số {event.code} không cấp lại" in browser.page(here(event)).text_content()
    answer = browser.post(here(event))
    assert (answer.status_code, answer.location) == (303, "/dieu-hanh")
    assert "Đã bỏ dự thảo" in browser.get("/dieu-hanh").text
    for address in FOUND_IN:
        assert "Bỏ đi" not in browser.page(address).xpath("string(//main)").replace("“bo di”", ""), address
    for address in (f"/hop/{event.code}", f"/hop/{event.code}/quan-ly", f"/hop/{event.code}/sua", here(event)):
        assert browser.get(address).status_code == 404
    assert browser.post(here(event)).status_code == 404
    assert conflicts_of(draft(venue_id=event.venue_id)) == []


def test_the_desk_no_longer_waits_for_it(browser, app, now):
    event = make_event("Bỏ đi", state=EventState.DRAFT, starts_at=now + timedelta(days=1))
    assert "Dự thảo chưa phát hành" in browser.page("/dieu-hanh").text_content()
    browser.post(here(event))
    assert "Không có việc nào" in browser.page("/dieu-hanh").text_content()


def test_the_number_stays_used_and_the_log_keeps_it(browser, made, now, client_for):
    actor, event = made
    browser.post(here(event))
    assert stored(actor, draft("Sau"), now).number == event.number + 1
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event.discarded")).one()
    assert (entry.subject_id, entry.facts) == (event.id, {"code": event.code, "title": "Bỏ đi"})
    log = client_for(make_account(Role.ADMINISTRATOR)).page("/quan-tri/nhat-ky?q=bo+di").text_content()
    assert "Bỏ dự thảo" in log and "Bỏ đi" in log


@pytest.mark.parametrize("state", [EventState.RELEASED, EventState.POSTPONED, EventState.CANCELLED, EventState.CLOSED])
def test_what_was_released_is_never_discarded(browser, app, now, state):
    event = make_event(state=state, held_on=now.date() if state is EventState.CLOSED else None)
    assert here(event) not in browser.page(f"/hop/{event.code}/quan-ly").xpath("//a/@href")
    answer = browser.post(here(event))
    assert (answer.status_code, "nên không làm được việc này." in answer.text) == (422, True)
    with pytest.raises(errors.WrongState), unit_of_work():
        service.discard(actor=organizer(), event=event, now=now)
    assert db.session.scalar(select(Event.discarded_at).where(Event.id == event.id)) is None


def test_nothing_more_happens_to_it(made, now):
    actor, event = made
    with unit_of_work():
        service.discard(actor=actor, event=event, now=now)
    for act in (
        lambda: release(actor=actor, event=event, now=now),
        lambda: service.discard(actor=actor, event=event, now=now),
        lambda: edit_event(actor=actor, event=event, draft=draft_of(event), version=event.version + 1, now=now),
    ):
        with pytest.raises(Unknown), unit_of_work():
            act()


def test_papers_nobody_fetched_are_left_to_the_sweeper(browser, made, now):
    actor, event = made
    with unit_of_work():
        papers = [_paper(actor, event, number, now) for number in range(2)]
        note_download(actor=actor, material_id=papers[0].id, now=now)
        kept = papers[0].id
    assert "2 tài liệu đi kèm cũng được bỏ." in browser.page(here(event)).text_content()
    browser.post(here(event))
    assert db.session.scalars(select(Material.id)).all() == [kept]
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1


def _paper(actor, event, number, now):
    said = MaterialDraft(
        title=f"Tài liệu {number}", file_name="a.pdf", media_type="application/pdf",
        audience=MaterialAudience.REGISTERED, available_at=None,
    )  # fmt: skip
    kept = Kept(key=f"{number:032x}", size=3, sha256="0" * 64)
    return add_material(actor=actor, event=event, kept=kept, draft=said, now=now)


def test_strangers(client, client_for, made):
    _actor, event = made
    assert client.post(here(event)).status_code == 303
    for role in (Role.MEMBER, Role.LEADER):
        assert client_for(make_account(role)).post(here(event)).status_code == 403
    assert db.session.scalar(select(Event.discarded_at)) is None
