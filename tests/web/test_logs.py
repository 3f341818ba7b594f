"""What the log says of a request, and what it never says."""

import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from kstthc_training.db import db, unit_of_work
from kstthc_training.people.service import attempts
from kstthc_training.web.logs import JsonLines
from tests.support.factories import make_account


def line_of(message: str, **facts: object) -> str:
    record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": message, "created": 0.0, **facts})
    return JsonLines().format(record)


def test_a_line_is_one_object_whatever_stands_in_it():
    hostile = 'tệp "a"\n{"level": "INFO", "text": "forged"}\r\u2028\x1b[31m'
    line = line_of(hostile, request_id="ab\ncd")
    assert line.splitlines() == [line]
    assert json.loads(line) == {
        "at": "1970-01-01T00:00:00.000+00:00", "level": "INFO", "logger": "x", "text": hostile, "request_id": "ab\ncd",
    }  # fmt: skip


def test_a_line_tells_the_time_in_utc_and_the_traceback_inside():
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        line = json.loads(line_of("trouble", exc_info=sys.exc_info()))
    assert datetime.fromisoformat(line["at"]).tzinfo == UTC
    assert line["traceback"].endswith("ValueError: first\nsecond")


def refusals(caplog):
    """Who was refused what, of the lines that stand in the log with the settings of a new installation."""
    shown = [record for record in caplog.records if record.name == "kstthc_training.web.errors"]
    return [(r.levelname, r.method, r.route, r.status, r.account) for r in shown]


def test_who_is_refused_a_page_is_logged(client_for, caplog):
    account = make_account()
    with caplog.at_level(logging.INFO):
        client_for(account).get("/quan-tri/nhat-ky?q=Nguyen")
    assert refusals(caplog) == [("WARNING", "GET", "/quan-tri/nhat-ky", 403, account.id)]
    assert "Nguyen" not in caplog.text


def test_a_form_of_another_site_is_logged(client_for, caplog):
    account = make_account()
    browser = client_for(account)
    browser.sends_csrf = False
    with caplog.at_level(logging.INFO):
        browser.post("/tai-khoan/ngon-ngu", data={"locale": "en"})
    assert refusals(caplog) == [("WARNING", "POST", "/tai-khoan/ngon-ngu", 400, account.id)]


def test_too_many_tries_are_logged(client, caplog, now):
    with unit_of_work():
        for _ in range(attempts.PASSWORDS_OF_ACCOUNT.most):
            attempts.count_password(login="an@mau.example", address="10.0.0.1", now=now)
    with caplog.at_level(logging.INFO):
        client.post("/vao", data={"login": "an@mau.example", "password": "x" * 12})
    assert refusals(caplog) == [("WARNING", "POST", "/vao", 429, None)]


def test_a_page_that_is_not_there_is_no_warning(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/khong-co")
    assert refusals(caplog) == [("INFO", "GET", "unknown", 404, None)]


def test_a_statement_that_fails_is_logged_without_its_values(client, caplog):
    with unit_of_work():
        db.session.execute(text("ALTER TABLE accounts RENAME TO accounts_elsewhere"))
    with caplog.at_level(logging.ERROR):
        assert client.post("/vao", data={"login": "an@mau.example", "password": "x" * 12}).status_code >= 500
    (failure,) = [JsonLines().format(record) for record in caplog.records if record.exc_info]
    assert "FROM accounts" in failure
    assert "an@mau.example" not in failure


@pytest.mark.parametrize("fact", ["account", "method", "route", "status", "request_id", "error_id"])
def test_facts_of_a_refusal_reach_the_line(fact):
    assert json.loads(line_of("answered 403", **{fact: "so"}))[fact] == "so"
