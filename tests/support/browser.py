"""A test browser that looks at every page it gets: one h1, unique ids, labelled fields, forms with an address."""

import re
from collections import Counter
from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from lxml import html
from werkzeug.test import TestResponse

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.models import Account
from kstthc_training.people.service import sign_ins

_CSRF = "0123456789abcdef0123456789abcdef01234567"
_UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class CheckingClient(FlaskClient):
    """Flask's client that posts with the CSRF token, starts from a clean session and checks what comes back."""

    def __init__(self, app: Flask, **kwargs: Any) -> None:
        super().__init__(app, TestResponse, use_cookies=True, **kwargs)
        self.sends_csrf = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        if kwargs.get("method", "GET") == "POST" and self.sends_csrf:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self._csrf_token()}
        with self.application.app_context():  # of its own, as in a server: what one request knows, the next does not
            kwargs.setdefault("buffered", True)
        # Not inside the test's own application context: a request knows nothing of the one before it.
        answer = Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        if answer.mimetype == "text/html" and answer.data:
            check_page(answer.text, whole="<!doctype" in answer.text[:200].lower())
        return answer

    def fragment(self, address: str, target: str, **kwargs: Any) -> TestResponse:
        """Ask as htmx does for the part of a page with the id `target`."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"div#{target}"}
        return self.get(address, headers=headers, **kwargs)

    def page(self, address: str, status: int = 200) -> html.HtmlElement:
        """The parsed page at an address, which must answer with `status`."""
        answer = self.get(address)
        assert answer.status_code == status, answer.text[:2000]
        return html.document_fromstring(answer.text)

    def _csrf_token(self) -> str:
        with self.session_transaction() as session:
            session["csrf_token"] = _CSRF
        key = self.application.config["SECRET_KEY"]
        return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(_CSRF)


def sign_in(client: CheckingClient, account: Account) -> CheckingClient:
    """The same browser, signed in to an account."""
    with unit_of_work():
        secret = sign_ins.open_sign_in(account_id=account.id, address="127.0.0.1", browser="test", now=clock.now())
    with client.session_transaction() as session:
        session["_user_id"] = secret
        session["_fresh"] = True
    return client


def check_page(text: str, *, whole: bool) -> None:
    """Raise AssertionError with what is wrong with a page or a part of one."""
    page = html.document_fromstring(text) if whole else html.fragment_fromstring(text, create_parent="div")
    repeated = [name for name, count in Counter(page.xpath("//@id")).items() if count > 1]
    assert not repeated, f"ids used more than once: {repeated}"
    if whole:
        assert len(page.xpath("//h1")) == 1, f"{len(page.xpath('//h1'))} h1 on the page"
        assert page.xpath("string(//title)").strip(), "no title"
    for form in page.xpath("//form"):
        assert form.get("action") is not None, f"a form without an action: {html.tostring(form)[:200]!r}"
    for field in page.xpath("//input|//select|//textarea"):
        assert _is_labelled(page, field), f"a field without a label: {html.tostring(field)[:200]!r}"
    lowered = [option.text for option in page.xpath("//option") if _is_lowered(option)]
    assert not lowered, f"choices that begin with a small letter: {lowered}"
    assert not page.xpath("//*[@style]|//style|//script[not(@src)]"), "inline style or script"


def _is_labelled(page: html.HtmlElement, field: html.HtmlElement) -> bool:
    if field.get("type") in _UNLABELLED or field.get("aria-label") or field.get("aria-labelledby"):
        return True
    if field.xpath("ancestor::label"):
        return True
    name = field.get("id")
    return bool(name and page.xpath("//label[@for=$name]", name=name))


def _is_lowered(option: html.HtmlElement) -> bool:
    """Whether a choice that the product words itself, not one of names that are data, begins with a small letter."""
    return not option.get("value", "").isdigit() and (option.text or "").strip()[:1].islower()


def without_tokens(page: str) -> str:
    """A page without the proofs of origin in its forms, which change with every second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)
