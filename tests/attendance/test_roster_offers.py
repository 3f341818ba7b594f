"""What the roster offers is what can be done there: marking, noting who excused himself, or looking, printing, reopening."""

from datetime import timedelta

import pytest

from kstthc_training import clock
from kstthc_training.events.enums import EventState
from tests.attendance.arrivals import running_event
from tests.attendance.doors import close, sessions_of
from tests.support.factories import make_event, make_registration

SHUT = "Đã chốt điểm danh: xem, in và xuất Excel được. Muốn sửa, hãy mở lại và ghi lý do."
OFF = "Cuộc họp chưa phát hành, đã hoãn hoặc đã hủy nên không điểm danh."
ALL = ["present", "late", "left_early", "excused", "absent", "none"]


def roster(organizer, event, query=""):
    return organizer.page(f"/hop/{event.code}/quan-ly/diem-danh{query}")


def head(page):
    """The buttons beside the title, the filled one marked with a star."""
    buttons = page.xpath("//div[@class='head__act']/*[not(contains(@class, 'only-phone'))]")
    return [("*" if "btn--go" in button.get("class") else "") + button.text_content().strip() for button in buttons]


def offered(page):
    """What may be marked, what may be pressed, and how many keys are told of."""
    statuses = page.xpath("//input[@name='status']/@value")
    return statuses, len(page.xpath("//button[@name='o']")), len(page.xpath("//div[@class='keys']/span"))


def test_an_open_roster_opens_the_door_and_is_marked(organizer):
    event = running_event()
    make_registration(event)
    page = roster(organizer, event)
    assert head(page) == ["*Mở điểm danh"]
    assert page.xpath("//div[@class='head__act']/a[contains(@class, 'only-phone')]/@href") == [f"/quet/{event.code}"]
    assert offered(page) == (ALL, 1, 7)
    assert page.xpath("string(//fieldset/legend)") == "Bấm vào ô để ghi"


def test_a_closed_roster_is_looked_at_printed_and_reopened(organizer):
    event = running_event()
    make_registration(event)
    close(event, now=clock.now())
    page = roster(organizer, event)
    assert head(page) == ["Mở lại để sửa", "*In bảng"]
    assert page.xpath("//div[@class='head__act']/a/@href") == ["#mo-lai"]
    assert page.xpath("count(//*[@id='mo-lai']//form)") == 1
    assert offered(page) == ([], 0, 0)
    assert page.xpath("//*[@id='bang']//*[contains(@class, 'note')]/div/text()") == [SHUT]
    assert "Bấm vào ô" not in page.text_content()


@pytest.mark.parametrize("state", [EventState.POSTPONED, EventState.CANCELLED])
def test_the_roster_of_an_event_called_off_is_neither_marked_nor_reopened(organizer, state):
    event = make_event(starts_at=clock.now(), state=state)
    make_registration(event)
    page = roster(organizer, event)
    assert head(page) == ["*In bảng"]
    assert offered(page) == ([], 0, 0)
    assert page.xpath("//*[@id='bang']//*[contains(@class, 'note')]/div/text()") == [OFF]


def test_before_a_roster_opens_excuses_alone_are_offered(organizer):
    event = make_event(starts_at=clock.now() + timedelta(days=3))
    make_registration(event)
    page = roster(organizer, event)
    assert head(page) == ["In bảng"]
    assert offered(page) == (["excused", "none"], 1, 3)
    assert page.xpath("string(//fieldset/legend)").startswith("Chưa mở điểm danh")


def test_on_a_phone_a_closed_session_says_that_another_is_marked(organizer):
    event = running_event(sessions=2)
    make_registration(event)
    close(event, 1, now=event.ends_at)
    first, second = (session.id for session in sessions_of(event))
    notes = "//*[@id='bang']//*[contains(@class, 'only-phone')]"
    assert roster(organizer, event, f"?buoi={first}").xpath(notes) == []
    closed = roster(organizer, event, f"?buoi={second}")
    assert len(closed.xpath(notes)) == 1
    assert closed.xpath("//fieldset/../@class") == ["toolbar no-phone"]
    assert offered(closed) == (ALL, 1, 7)


def closing(page):
    """The button that closes a session, what it asks first, and the button that agrees."""
    button = page.xpath("//button[@data-confirm]")[0]
    return button.text_content(), button.get("data-confirm"), button.get("data-confirm-yes")


def test_the_only_session_of_an_event_has_no_number(organizer):
    event = running_event()
    page = roster(organizer, event)
    assert closing(page) == ("Chốt điểm danh", "Chốt điểm danh?", "Chốt điểm danh")
    assert "Buổi 1" not in page.text_content()
    close(event, now=clock.now())
    assert roster(organizer, event).xpath("//*[@id='mo-lai']//summary/text()") == ["Mở lại điểm danh"]


def test_of_several_sessions_each_is_closed_by_its_number(organizer):
    event = running_event(sessions=2)
    assert closing(roster(organizer, event)) == ("Chốt Buổi 1", "Chốt Buổi 1?", "Chốt buổi")


def test_door_staff_are_sent_to_the_door_until_the_event_is_closed(door_of):
    event = running_event()
    make_registration(event)
    door, address = door_of(event), f"//a[@href='/quet/{event.code}']"
    assert len(door.page(f"/hop/{event.code}").xpath(address)) == 1
    close(event, now=clock.now())
    assert door.page(f"/hop/{event.code}").xpath(address) == []
