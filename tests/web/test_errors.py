"""What people see when something is wrong."""

import logging

import pytest
from sqlalchemy import text

from kstthc_training.application import create_app
from kstthc_training.db import db, unit_of_work
from kstthc_training.web.access import access, impersonal
from tests.support.databases import settings_for
from tests.support.factories import make_account

NOWHERE = ["/khong-co", "/hop/2026-999999", "/hop/xyz", "/lich/2026/13", "/lich/1999/1/1", "/lich/2026/2/30"]


@pytest.mark.parametrize("address", NOWHERE)
def test_an_unknown_page_says_so_in_words(client_for, address):
    answer = client_for(make_account()).get(address)
    assert answer.status_code == 404
    assert "Không thấy trang này" in answer.text


def test_words_of_errors_are_in_the_readers_language(client_for):
    account = make_account()
    with unit_of_work() as session:
        session.get_one(type(account), account.id).locale = "en"
    assert '<html lang="en"' in client_for(account).get("/khong-co").text


def test_a_wrong_method_names_the_right_ones(client_for):
    answer = client_for(make_account()).post("/lich")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("tables", [("events",), ("sign_ins",), ("events", "settings")])
def test_a_broken_database_gives_a_page_with_an_id_that_stands_in_the_log(client_for, caplog, tables):
    browser = client_for(make_account())
    with unit_of_work():
        for table in tables:
            db.session.execute(text(f"ALTER TABLE {table} RENAME TO {table}_elsewhere"))
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/lich")
    assert answer.status_code in (500, 503)
    assert "Traceback" not in answer.text
    ids = {record.error_id for record in caplog.records if hasattr(record, "error_id")}
    assert any(error_id in answer.text for error_id in ids)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "div#agenda"}])
def test_every_answer_bears_the_policy(client, headers):
    for address in ("/vao", "/khong-co", "/healthz", "/static/css/app.css", "/lich"):
        policy = client.get(address, headers=headers).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


def test_a_form_that_is_too_large_is_refused_with_words(client_for):
    answer = client_for(make_account()).post("/tai-khoan/ngon-ngu", data={"locale": "x" * 3_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(("debug", "shown"), [("1", True), ("0", False)])
def test_the_inside_of_a_failure_is_shown_only_where_debug_says_so(tmp_path, debug, shown):
    product = create_app(settings_for(tmp_path, DEBUG=debug))
    product.add_url_rule("/hong", "broken", access(impersonal)(lambda: 1 / 0))
    answer = product.test_client().get("/hong")
    assert answer.status_code == 500
    assert ("ZeroDivisionError: division by zero" in answer.text) is shown
