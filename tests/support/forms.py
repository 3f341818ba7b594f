"""Sending a form as a browser would: what stands in its hidden fields goes along with what is typed."""

from typing import Any

from werkzeug.test import TestResponse

from tests.support.browser import CheckingClient

_SENT = "@type='hidden' or @checked or @type='text' or @type='search'"


def submit(browser: CheckingClient, page: str, typed: dict[str, Any], *, action: str = "", button: str = "") -> TestResponse:
    """Press a button of a page's form that is sent to `action`, by default the page's own address."""
    action = action or page
    shown = browser.page(page)
    (form, *_more) = shown.xpath("//form[@action=$here or .//button[@formaction=$here]]", here=action)
    fields = form.xpath(f".//input[@name and ({_SENT})]")
    values: dict[str, Any] = {}
    for field in fields:
        if field.get("name") != "csrf_token":
            values.setdefault(field.get("name"), []).append(field.get("value") or "")
    sent = {**values, **typed, **({button: "1"} if button else {})}
    return browser.post(action, data=sent)
