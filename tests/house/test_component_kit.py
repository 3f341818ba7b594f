"""The kit of macros in the real product: what it makes can be heard, reached and counted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html

from kstthc_training.features import DESTINATIONS
from kstthc_training.web.errors import error_page
from tests.support import databases
from tests.support.browser import CheckingClient
from tests.support.sheet import ADDRESS, SheetForm, mount_sheet, refused_form

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of its own, since it gets a page more than the product has."""
    folder = tmp_path_factory.mktemp("kit")
    databases.fresh_address("sqlite", folder, tmp_path_factory)
    app = databases.create_app(databases.settings_for(folder))
    mount_sheet(app)
    return app


@pytest.fixture
def kit(product: Flask) -> Iterator[Any]:
    """The kit within a request."""
    with product.test_request_context(ADDRESS):
        yield product.jinja_env.globals["ui"]


def parsed(markup: Any) -> html.HtmlElement:
    return html.fragment_fromstring(str(markup), create_parent="div")


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?loi=1", 422)])
def test_sheet_holds_every_part_without_a_fault(product: Flask, query: str, status: int) -> None:
    with product.app_context():
        answer = CheckingClient(product).get(ADDRESS + query)
    assert answer.status_code == status


def test_error_summary_leads_to_each_refused_field(kit: Any) -> None:
    form = refused_form()
    summary = parsed(kit.errors(form))
    fields = parsed("".join(str(kit.field(field)) for field in form))
    targets = [link.get("href").removeprefix("#") for link in summary.xpath(".//a")]
    assert targets == ["r-full_name", "r-phone"]
    assert [fields.get_element_by_id(target).tag for target in targets] == ["input", "input"]
    assert summary.xpath("string(.//li[not(a)])") == "Đã hết chỗ."
    assert "2" in summary.xpath("string(.//h2)")


def test_error_summary_is_silent_without_errors(kit: Any) -> None:
    assert str(kit.errors(SheetForm(formdata=None))).strip() == ""


def test_summary_leads_to_the_first_button_of_a_group(kit: Any) -> None:
    form = SheetForm(formdata=None)
    form.work.errors = ["Chọn một"]
    target = parsed(kit.errors(form)).xpath(".//a/@href")[0]
    assert parsed(kit.field(form.work)).xpath(f".//*[@id='{target[1:]}']/@value") == ["writer"]


def test_field_is_described_by_its_hint_and_its_error(kit: Any) -> None:
    control = parsed(kit.field(refused_form().phone, hint="Chỉ để báo khi đổi giờ.", autocomplete="tel"))
    box = control.xpath(".//input")[0]
    assert box.get("aria-describedby") == "r-phone-hint r-phone-error"
    assert [control.get_element_by_id(name).get("class") for name in box.get("aria-describedby").split()] == ["hint", "err"]
    assert (box.get("aria-invalid"), box.get("autocomplete")) == ("true", "tel")


def test_only_a_text_field_that_may_stay_empty_says_so(kit: Any) -> None:
    form = SheetForm(formdata=None)
    optional = [f.short_name for f in form if "opt" in parsed(kit.field(f)).xpath(".//span/@class")]
    assert optional == ["phone", "hour", "paper", "question"]


def test_what_was_typed_is_never_markup(kit: Any) -> None:
    form = SheetForm(formdata=None, full_name='"><script>x</script>')
    assert parsed(kit.field(form.full_name, hint="<b>")).xpath(".//script|.//p/b") == []


@pytest.mark.parametrize(
    ("part", "whole", "width", "over"),
    [
        (0, 0, "0%", False),
        (0, 5, "0.0%", False),
        (33, 42, "78.6%", False),
        (5, 5, "100.0%", False),
        (212, 200, "100%", True),
    ],
)
def test_meter_shows_the_share(kit: Any, part: int, whole: int, width: str, over: bool) -> None:
    meter = parsed(kit.meter(part, whole))
    assert meter.xpath(".//rect/@width") == [width]
    assert ("meter--over" in meter.xpath("./div/@class")[0]) is over


def test_longest_bar_is_full_and_the_others_in_proportion(kit: Any) -> None:
    bars = parsed(kit.hbar([{"label": "a", "value": 2, "shown": "2"}, {"label": "b", "value": 8, "shown": "8"}]))
    assert bars.xpath(".//rect/@width") == ["25.0%", "100.0%"]


@pytest.mark.parametrize(("family", "expected"), [("hb", "type t-hb"), ("th", "type t-th"), ('x" onclick="', "type t-0")])
def test_kind_has_its_colour_and_always_its_word(kit: Any, family: str, expected: str) -> None:
    kind = parsed(kit.kind(family, "Họp báo"))
    assert (kind[0].get("class"), kind[0].text) == (expected, "Họp báo")


@pytest.mark.parametrize(
    ("page", "words", "links"),
    [
        (
            {"first": 1, "last": 50, "total": 1197, "previous_href": None, "next_href": "?p=2"},
            "1–50 trong 1.197",
            ["next"],
        ),
        ({"first": 51, "last": 60, "total": 60, "previous_href": "?", "next_href": None}, "51–60 trong 60", ["prev"]),
        ({"first": 0, "last": 0, "total": 0, "previous_href": None, "next_href": None}, "Không có dòng nào", []),
    ],
)
def test_pager_says_which_rows_these_are(kit: Any, page: dict[str, Any], words: str, links: list[str]) -> None:
    pager = parsed(kit.pager(page))
    assert pager.xpath("string(.//span[@class='tab-num'])") == words
    assert pager.xpath(".//a/@rel") == links


def test_note_can_be_taken_back_by_a_form_of_our_own(kit: Any) -> None:
    form = parsed(kit.toast("Đã duyệt 3 người", "success", "/hoan-tac")).xpath(".//form")[0]
    assert (form.get("method"), form.get("action")) == ("post", "/hoan-tac")
    assert form.xpath(".//input[@name='csrf_token']/@value")[0]


def test_fragment_rendered_alone_has_the_kit(product: Flask) -> None:
    with product.test_request_context(ADDRESS):
        assert render_template_string("{% block rows %}{{ ui.tag('Hết chỗ', 'warn') }}{% endblock %}") == (
            '<span class="tag tag--warn">Hết chỗ</span>'
        )


def test_every_part_is_made_use_of() -> None:
    """The sheet shows parts, the kit hands them on; a part that only they know is of no use to anybody."""
    parts = re.findall(r"{% set (\w+) = \w+\.\w+ %}", (TEMPLATES / "ui" / "kit.html").read_text(encoding="utf-8"))
    users = (path for path in TEMPLATES.rglob("*.html") if path.name not in ("sheet.html", "kit.html"))
    code = "".join("".join(re.findall(r"{[{%].*?[%}]}", path.read_text(encoding="utf-8"), re.DOTALL)) for path in users)
    used = set(re.findall(r"(?<!macro )\b(\w+)\(", code)) | set(re.findall(r"ui\.(\w+)", code))
    assert len(parts) > 20
    assert set(parts) - used == set()


def test_every_place_of_the_navigation_has_its_drawing(kit: Any) -> None:
    drawn = parsed(kit.sprite()).xpath(".//symbol/@id")
    assert [place.icon for place in DESTINATIONS if f"i-{place.icon}" not in drawn] == []


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 416, 429, 500, 503, 507])
def test_error_page_says_what_happened_and_one_way_on(product: Flask, status: int) -> None:
    with product.test_request_context("/"):
        answer = error_page(status)
    whole = html.document_fromstring(answer.get_data(as_text=True))
    assert answer.status_code == status
    assert whole.xpath("string(//h1)").strip() in whole.xpath("string(//title)")
    assert whole.xpath("string(//div[@class='oops']/p)").strip()
    assert whole.xpath("//div[@class='oops']//*[contains(@class, 'btn--go')]")
