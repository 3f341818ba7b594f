"""Long lists: every one is cut into pages in the same way."""

import ast
from pathlib import Path

import pytest
from werkzeug.exceptions import HTTPException

from kstthc_training.web.paging import asked_page, pager, rows_before

PACKAGE = Path(__file__).resolve().parents[2] / "kstthc_training"
LIST = "/quan-tri/tai-khoan"


def ways(found):
    return found.first, found.last, found.previous_href, found.next_href


@pytest.mark.parametrize(
    ("asked", "shown", "found"),
    [
        ("", 50, (1, 50, None, f"{LIST}?trang=2")),
        ("?trang=2", 50, (51, 100, LIST, f"{LIST}?trang=3")),
        ("?trang=3", 1, (101, 101, f"{LIST}?trang=2", None)),
        ("?trang=0", 50, (1, 50, None, f"{LIST}?trang=2")),
    ],
)
def test_pages_of_a_hundred_and_one_rows(app, asked, shown, found):
    with app.test_request_context(LIST + asked):
        assert ways(pager(shown=shown, total=101)) == found


def test_nothing_found(app):
    with app.test_request_context(LIST):
        assert ways(pager(shown=0, total=0)) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("total", "last"), [(101, f"{LIST}?q=an&trang=3"), (100, f"{LIST}?q=an&trang=2"), (0, f"{LIST}?q=an")]
)
def test_a_page_beyond_the_last_leads_to_the_last(app, total, last):
    with app.test_request_context(f"{LIST}?q=an&trang=99"), pytest.raises(HTTPException) as led:
        pager(shown=0, total=total)
    assert led.value.get_response().headers["Location"] == last


def test_every_filter_goes_along(app):
    with app.test_request_context(f"{LIST}?loai=a&loai=b&q=&trang=2"):
        assert pager(shown=50, total=500).next_href == f"{LIST}?loai=a&loai=b&trang=3"


def test_pages_of_another_length(app):
    with app.test_request_context(f"{LIST}?trang=7"):
        assert ways(pager(shown=10, total=110, number=2, rows=100)) == (101, 110, LIST, None)


def test_numbers_of_pages_stay_small(app):
    with app.test_request_context(f"{LIST}?trang={2**31 - 1}"):
        assert (asked_page(), rows_before()) == (100_000, 4_999_950)


def test_the_number_of_a_page_is_read_in_one_place():
    """A list with a pager of its own would answer differently at its ends."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            word = node.value if isinstance(node, ast.Constant) else node.arg if isinstance(node, ast.keyword) else None
            if word == "trang":
                found.add(str(path.relative_to(PACKAGE)))
    assert found == {"web/paging.py"}
