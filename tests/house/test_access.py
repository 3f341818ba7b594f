"""Every route says who may, and that is so: routes by roles, with the objects of others, parts treated as pages."""

import os
from pathlib import Path

import pytest
from flask import Flask

from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import DoorStaff
from kstthc_training.people.enums import Role
from kstthc_training.web.access import anyone, declared_rule, impersonal
from tests.support.browser import CheckingClient, sign_in
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

MATRIX = Path(__file__).parent / "access_matrix.txt"
ROLES = ("nobody", "member", "focal_point", "door_staff", "leader", "organizer", "administrator")
_TEXTS = {"secret": "1-" + "a" * 32, "filename": "css/app.css", "path": "van-ban", "slug": "quy-1", "figure": "cuoc"}


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Method, rule and endpoint of every route, in order."""
    found = []
    for rule in app.url_map.iter_rules():
        method = "POST" if "POST" in (rule.methods or ()) and "GET" not in (rule.methods or ()) else "GET"
        found.append((method, rule.rule, rule.endpoint))
    return sorted(found, key=lambda row: (row[1], row[0]))


def test_every_route_declares_who_may(app):
    silent = [endpoint for _method, _rule, endpoint in routes(app) if declared_rule(app, endpoint) is None]
    assert silent == []


def test_a_route_that_says_nothing_is_refused(app, client, monkeypatch):
    monkeypatch.delattr(app.view_functions["health.alive"], "__access__")
    assert client.get("/healthz").status_code == 403


def test_everything_posted_needs_the_proof_of_our_own_page(app):
    client = sign_in(CheckingClient(app), make_account(Role.ADMINISTRATOR, Role.ORGANIZER))
    client.sends_csrf = False
    open_ones = []
    for method, _rule, endpoint in routes(app):
        if method == "POST" and client.post(address(app, endpoint, "2026-1")).status_code != 400:
            open_ones.append(endpoint)
    assert open_ones == []


@pytest.fixture
def actors(app):
    """A browser for each role, and an event that is nobody's own."""
    organisation = make_organisation()
    door = make_account()
    event = make_event(state=EventState.RELEASED)
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=door.person_id))
    make_registration(event, make_person())
    accounts = {
        "member": make_account(),
        "focal_point": make_account(focal_of=organisation),
        "door_staff": door,
        "leader": make_account(Role.LEADER),
        "organizer": make_account(Role.ORGANIZER),
        "administrator": make_account(Role.ADMINISTRATOR),
    }
    browsers = {name: sign_in(CheckingClient(app), account) for name, account in accounts.items()}
    return {"nobody": CheckingClient(app), **browsers}, event


def test_who_may_open_what_is_as_written_down(app, actors):
    """Opens every GET route as every role; what comes of it stands in `access_matrix.txt`, one line a route.

    A route that is posted to stands there with the name of its rule.
    """
    browsers, event = actors
    lines = []
    for method, rule, endpoint in routes(app):
        if method == "POST":
            lines.append(f"{rule:62} posted:{declared_rule(app, endpoint).__name__}")
            continue
        if endpoint in ("static", "health.ready"):  # not ready, as no worker lives here
            continue
        statuses = {role: browsers[role].get(address(app, endpoint, event.code)).status_code for role in ROLES}
        assert max(statuses.values()) < 500, (endpoint, statuses)
        lines.append(f"{rule:62} " + " ".join(f"{role}:{outcome(statuses[role])}" for role in ROLES))
    found = "\n".join(lines) + "\n"
    if os.environ.get("WRITE_ACCESS_MATRIX"):
        MATRIX.write_text(found, encoding="utf-8")
    assert found == MATRIX.read_text(encoding="utf-8"), "run with WRITE_ACCESS_MATRIX=1 and read the difference"


def test_parts_of_pages_are_closed_like_the_pages(app, actors):
    browsers, event = actors
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#bang"}
    for method, _rule, endpoint in routes(app):
        if method != "GET" or declared_rule(app, endpoint) in (anyone, impersonal):
            continue
        for role in ("nobody", "member"):
            whole = browsers[role].get(address(app, endpoint, event.code)).status_code
            answer = browsers[role].get(address(app, endpoint, event.code), headers=part).status_code
            assert (answer == 200) == (whole == 200), (endpoint, role, whole, answer)


def outcome(status: int) -> str:
    """What a status means for who asked."""
    if status in (301, 302, 303):
        return "on"
    return {200: "yes", 401: "no", 403: "no", 404: "unknown", 405: "no"}.get(status, str(status))


def address(app: Flask, endpoint: str, code: str) -> str:
    """An address of an endpoint with the event's number, the first of every numbered thing, and made-up words."""
    rule = next(app.url_map.iter_rules(endpoint))
    values = {}
    for name in rule.arguments:
        converter = type(rule._converters[name]).__name__
        values[name] = {"EventCodeConverter": code, "NumberConverter": 1}.get(converter, _TEXTS.get(name, "x"))
    if "year" in values:
        values |= {name: number for name, number in (("year", 2026), ("month", 3), ("day", 18)) if name in values}
    with app.test_request_context():
        return app.url_for(endpoint, **values)
