"""Long lists in pages, whose number stands in the address as `trang`."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from kstthc_training.web.addresses import asked_number
from kstthc_training.web.answers import see_other

ROWS = 50
PAGE_NAME = "trang"
_LAST_NUMBER = 100_000


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Which rows a page shows, counted from 1, and where the pages before and after it are."""

    first: int
    last: int
    total: int
    previous_href: str | None
    next_href: str | None


def asked_page() -> int:
    """The number of the page that the address asks for, from 1."""
    return min(asked_number(PAGE_NAME) or 1, _LAST_NUMBER)


def rows_before() -> int:
    """How many rows come before those of the page that is asked for."""
    return (asked_page() - 1) * ROWS


def pager(*, shown: int, total: int, number: int | None = None, rows: int = ROWS) -> Pager:
    """The pager of the present address, whose page `number`, by default the one asked for, shows `shown` of `total`.

    A page beyond the last leads to the last.
    """
    number = number or asked_page()
    if not shown and number > 1:
        abort(see_other(_address(max(1, -(-total // rows)))))
    before = (number - 1) * rows
    return Pager(
        first=before + 1 if shown else 0,
        last=before + shown,
        total=total,
        previous_href=_address(number - 1) if number > 1 else None,
        next_href=_address(number + 1) if before + shown < total else None,
    )


def _address(number: int) -> str:
    kept: dict[str, Any] = {name: values for name, values in request.args.lists() if name != PAGE_NAME and any(values)}
    if number > 1:
        kept[PAGE_NAME] = str(number)
    return url_for(str(request.endpoint), **{**kept, **(request.view_args or {})})
