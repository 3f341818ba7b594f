"""The door alone may ask for the camera, and brings what reads a ticket where the browser can't."""

import pytest

from tests.attendance.arrivals import NONCE, running_event
from tests.attendance.doors import close, sessions_of
from tests.support.factories import make_registration

OPEN = "camera=(self), microphone=(), geolocation=(), payment=()"
SHUT = "camera=(), microphone=(), geolocation=(), payment=()"


@pytest.fixture
def event(app):
    return running_event(sessions=2)


def door(event):
    return f"/quet/{event.code}/{sessions_of(event)[0].id}"


def test_the_door_may_ask_for_the_camera_and_what_follows_a_scan_too(door_of, event):
    browser, registration = door_of(event), make_registration(event)
    assert browser.get(door(event)).headers["Permissions-Policy"] == OPEN
    for code in (f"#{registration.id}", "ZZZZZZZZ"):
        answer = browser.post(door(event), data={"code": code, "nonce": NONCE})
        assert answer.headers["Permissions-Policy"] == OPEN


def test_no_other_page_may_ask_for_the_camera(organizer, event):
    for address in (f"/quet/{event.code}/{sessions_of(event)[1].id}/them", f"/hop/{event.code}/quan-ly/diem-danh", "/lich"):
        assert organizer.get(address).headers["Permissions-Policy"] == SHUT


def test_the_door_runs_scripts_of_its_own_alone(door_of, event):
    policy = door_of(event).get(door(event)).headers["Content-Security-Policy"].split("; ")
    assert [rule for rule in policy if rule.startswith("script-src")] == ["script-src 'self'"]


def test_the_reader_is_fetched_from_here(app, door_of, event):
    browser = door_of(event)
    reader = browser.page(door(event)).xpath("string(//*[@data-camera]/@data-reader)")
    assert reader.startswith("/static/vendor/qr/decode.js?v=")
    for script in (reader, "/static/vendor/qr/index.js"):
        assert "javascript" in browser.get(script).headers["Content-Type"]


def test_a_closed_session_has_no_camera(door_of, event):
    close(event)
    page = door_of(event).page(door(event))
    assert page.xpath("//*[@data-camera or @data-camera-start]") == []
