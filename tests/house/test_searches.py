"""Searches: however much is typed, a page answers."""

import ast
from pathlib import Path

from flask import Flask

from kstthc_training.people.enums import Role
from tests.support.browser import CheckingClient, sign_in
from tests.support.factories import make_account, make_event, make_organisation

PACKAGE = Path(__file__).resolve().parents[2] / "kstthc_training"
MANY = " ".join(f"w{number}" for number in range(20_000))


def searched(app: Flask, code: str, organisation_id: int) -> list[str]:
    """The addresses of all pages that belong to no single row but an event or an organisation."""
    known = {"<event_code:code>": code, "<int:organisation_id>": str(organisation_id)}
    found = []
    for rule in app.url_map.iter_rules():
        address = rule.rule
        for part, value in known.items():
            address = address.replace(part, value)
        if "GET" in (rule.methods or ()) and "<" not in address and address != "/readyz":
            found.append(address)
    return found


def test_no_page_breaks_on_twenty_thousand_words(app):
    organisation, event = make_organisation(), make_event()
    account = make_account(Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER, focal_of=organisation)
    browser = sign_in(CheckingClient(app), account)
    addresses = searched(app, event.code, organisation.id)
    assert {"/tim", "/quan-tri/tai-khoan", "/quan-tri/nhat-ky", "/danh-ba/nguoi", "/dieu-hanh"} <= set(addresses)
    for address in addresses:
        assert browser.get(address, query_string={"q": MANY}).status_code < 500, address
    assert browser.post(f"/don-vi/{organisation.id}/{event.code}", data={"tim": "1", "q": MANY}).status_code == 200
    assert browser.post("/hop/tao", data={"act": "find", "find_person": MANY}).status_code == 200


def test_words_are_counted_in_one_place():
    """A search that splits for itself has no bound on its words: `text.search_words` has."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "split" and ast.unparse(node.value).startswith("fold("):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert found == [f"text.py:{found[0].rpartition(':')[2]}"]
