"""Every page, in both themes and widths: nothing axe-core finds, nothing the policy refuses, no scrolling sideways."""

from pathlib import Path

import pytest

from tests.journeys.addresses import NOT_PAGES, PAGES, parts_of
from tests.journeys.conftest import sign_in

AXE = (Path(__file__).resolve().parents[1] / "support" / "axe.min.js").read_text(encoding="utf-8")
ALL_RULES = "axe.run(document, {resultTypes: ['violations']})"
# What the theme can change; everything else is the same page in the light.
COLOUR_RULES = "axe.run(document, {resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})"
LIST = "họ tên;chức vụ;đơn vị;email\nLê Mẫu Nhập;Chuyên viên;Sở Tư pháp;le.nhap@mau.example\n;;Không có;khong-phai-thu\n"


@pytest.fixture(scope="module")
def parts(product):
    return parts_of(product)


def test_every_page_is_looked_at(product, parts):
    addresses = product.app.url_map.bind("localhost")
    known = [address.format(**parts).partition("?")[0] for pages in PAGES.values() for address in pages]
    looked_at = {addresses.match(address)[0] for address in known if "khong-co" not in address}
    readable = {rule.endpoint for rule in product.app.url_map.iter_rules() if "GET" in rule.methods}
    assert readable - looked_at == NOT_PAGES


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("login", PAGES, ids=lambda login: login.partition("@")[0] or "nobody")
def test_pages_are_accessible(visit, parts, login, dark, phone):
    page = visit(phone=phone, dark=dark)
    if login:
        sign_in(page, login)
    found = {}
    for address in PAGES[login]:
        answer = page.goto(address.format(**parts))
        assert answer.status == (404 if "khong-co" in address else 200), address
        if wrong := _wrong(page, COLOUR_RULES if dark else ALL_RULES):
            found[address] = wrong
    assert found == {}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_list_about_to_be_taken_in_is_accessible(visit, phone):
    page = visit("quan-tri@mau.example", phone=phone)
    page.goto("/danh-ba/nhap")
    page.get_by_label("Tệp", exact=False).set_input_files(
        {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Xem trước").click()
    page.wait_for_url("**/danh-ba/nhap/*")
    assert _wrong(page) == []


def _wrong(page, rules=ALL_RULES):
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in _audit(page, rules)]
    width = page.evaluate_handle("document.documentElement").get_property("scrollWidth").json_value()
    return found + [f"scrolls sideways: {width} px"] * (width > page.viewport_size["width"])


def _audit(page, rules):
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE})
    answer = session.send("Runtime.evaluate", {"expression": rules, "awaitPromise": True, "returnByValue": True})
    session.detach()
    return answer["result"]["value"]["violations"]
