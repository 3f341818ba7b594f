"""Every page, in both themes and widths: nothing axe-core finds, nothing the policy refuses, no scrolling sideways."""

from pathlib import Path

import pytest

from tests.journeys.conftest import sign_in

AXE = (Path(__file__).resolve().parents[1] / "support" / "axe.min.js").read_text(encoding="utf-8")
RULES = "axe.run(document, {resultTypes: ['violations']})"
WHO = {
    "": ["/vao", "/vao/gui-lien-ket", "/khong-co-trang-nay"],
    "phong-vien@mau.example": [
        "/lich", "/cua-toi", "/cua-toi/dong-bo", "/tai-khoan", "/hop/{open}", "/hop/{open}/dang-ky",
        "/tim?q=hop",
    ],
    "dau-moi@mau.example": ["/don-vi"],
    "to-chuc@mau.example": [
        "/lich", "/lich/{year}/{month}", "/dieu-hanh", "/hop/tao", "/hop/{open}/sua", "/hop/{open}/quan-ly",
        "/hop/{open}/quan-ly/dang-ky", "/hop/{open}/quan-ly/dang-ky/them", "/hop/{running}/quan-ly/diem-danh",
        "/hop/{open}/quan-ly/tai-lieu", "/hop/{open}/quan-ly/nhat-ky", "/hop/{open}/hoan", "/hop/{open}/huy",
        "/quet/{running}", "/danh-ba", "/danh-ba/nhap", "/tim?q=ho",
    ],
    "lanh-dao@mau.example": ["/bao-cao", "/ke-hoach", "/bao-cao/{year}/nam", "/danh-ba"],
    "quan-tri@mau.example": [
        "/quan-tri", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/moi", "/quan-tri/thu", "/quan-tri/nhat-ky",
        "/quan-tri/cai-dat",
    ],
}  # fmt: skip


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("login", WHO, ids=lambda login: login.partition("@")[0] or "nobody")
def test_pages_are_accessible(product, visit, numbers, login, dark, phone):
    page = visit(phone=phone, dark=dark)
    if login:
        sign_in(page, login)
    found = {}
    for address in WHO[login]:
        answer = page.goto(address.format(**numbers))
        assert answer.status == (404 if "khong-co" in address else 200), address
        violations = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in _audit(page)]
        width = page.evaluate_handle("document.documentElement").get_property("scrollWidth").json_value()
        if width > page.viewport_size["width"]:
            violations.append(f"scrolls sideways: {width} px")
        if violations:
            found[address] = violations
    assert found == {}


def _audit(page):
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE})
    answer = session.send("Runtime.evaluate", {"expression": RULES, "awaitPromise": True, "returnByValue": True})
    session.detach()
    return answer["result"]["value"]["violations"]
