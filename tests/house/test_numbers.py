"""Numbers from outside: whatever stands where a number belongs, nothing breaks."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from kstthc_training.db import unit_of_work
from kstthc_training.events.models import DoorStaff
from kstthc_training.people.enums import Role
from tests.support.browser import CheckingClient, sign_in
from tests.support.factories import make_account, make_event, make_organisation, make_registration

PACKAGE = Path(__file__).resolve().parents[2] / "kstthc_training"
ODD = [str(10**25), str(2**31), "0", "-1", "²", "٣", "9" * 5000]
READERS = {"asked_number", "posted_number", "given_numbers"}
_PLACE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
_TEXTS = {"secret": "1-" + "a" * 32, "filename": "css/app.css", "slug": "quy-1", "figure": "cuoc"}


@pytest.fixture
def everybody(app):
    """One who may do everything, and an event with somebody registered."""
    organisation = make_organisation()
    account = make_account(Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER, focal_of=organisation)
    event = make_event()
    make_registration(event)
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
    return account, event.code


def addresses(app: Flask, code: str, *, number: str) -> list[tuple[str, str, bool]]:
    """Method, address and whether `number` stands in it, of every route but those that wait for an event stream."""
    found = []
    for rule in app.url_map.iter_rules():
        method = "GET" if "GET" in (rule.methods or ()) else "POST"

        def filled(place: re.Match[str]) -> str:
            known = {"int": number, "event_code": code}
            return known.get(place["kind"]) or _TEXTS.get(place["name"], "x")

        found.append((method, _PLACE.sub(filled, rule.rule), "<int" in rule.rule))
    return found


@pytest.mark.parametrize("number", ODD)
def test_no_address_breaks_on_a_number(app, everybody, number):
    account, code = everybody
    browser = sign_in(CheckingClient(app), account)
    asked = [(method, address) for method, address, numbered in addresses(app, code, number=number) if numbered]
    statuses = {(method, address): browser.open(address, method=method).status_code for method, address in asked}
    assert len(statuses) > 25
    assert {what: status for what, status in statuses.items() if status not in (404, 405)} == {}


@pytest.mark.parametrize("number", ODD)
def test_no_page_breaks_on_a_number_asked_for(app, everybody, number):
    account, code = everybody
    browser = sign_in(CheckingClient(app), account)
    query = dict.fromkeys(names_of_numbers() | {"trang"}, number)
    assert {"nguoi", "dia-diem", "buoi"} <= set(query)
    for method, address, _numbered in addresses(app, code, number="1"):
        if method == "GET" and address != "/readyz":  # not ready, as no worker lives here
            assert browser.get(address, query_string=query).status_code < 500, address


@pytest.mark.parametrize("number", [ODD[0], "²"])
def test_no_form_breaks_on_a_number(app, everybody, number):
    account, code = everybody
    browser = sign_in(CheckingClient(app), account)
    forms = forms_of(browser, [a for m, a, _n in addresses(app, code, number="1") if m == "GET" and a != "/readyz"])
    assert len(forms) > 20
    for address, fields in forms.items():
        posted = sign_in(CheckingClient(app), account).post(address, data=dict.fromkeys(fields, number))
        assert posted.status_code < 500, (address, fields)


def forms_of(browser: CheckingClient, pages: list[str]) -> dict[str, set[str]]:
    """The fields of every form that these pages post, by the address it goes to."""
    forms: dict[str, set[str]] = {}
    for address in pages:
        answer = browser.get(address)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for form in html.document_fromstring(answer.text).xpath("//form[@method='post']"):
                fields = form.xpath(".//*[@name]/@name") + form.xpath("//*[@form=$id]/@name", id=form.get("id", "-"))
                forms.setdefault(form.get("action"), set()).update(fields)
    return forms


def names_of_numbers() -> set[str]:
    """The names under which the package reads numbers from addresses and forms."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
                found |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return found


def test_digits_are_known_in_one_place():
    """`str.isdigit` takes `²` and `٣`; `type=int` takes what no column holds."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_digit = isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric")
            is_int = isinstance(node, ast.keyword) and node.arg == "type" and ast.unparse(node.value) == "int"
            if (is_digit and path.name != "text.py") or is_int:
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno if is_digit else node.value.lineno}")
    assert found == []
