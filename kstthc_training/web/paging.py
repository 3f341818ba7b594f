"""Long lists in pages, whose number stands in the address as `trang`."""

from dataclasses import dataclass

from flask import request, url_for

from kstthc_training.web.addresses import asked_number

ROWS = 50
_LAST_NUMBER = 100_000


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Which rows a page shows, counted from 1, and where the pages before and after it are."""

    first: int
    last: int
    total: int
    previous_href: str | None
    next_href: str | None


def rows_before() -> int:
    """How many rows come before those of the page that is asked for."""
    return (_wanted_page() - 1) * ROWS


def pager(*, shown: int, total: int) -> Pager:
    """The pager of the present address, of whose page `shown` rows are there."""
    number, before = _wanted_page(), rows_before()
    return Pager(
        first=before + 1 if shown else 0,
        last=before + shown,
        total=total,
        previous_href=_address(number - 1) if number > 1 else None,
        next_href=_address(number + 1) if shown and before + shown < total else None,
    )


def _wanted_page() -> int:
    return min(asked_number("trang") or 1, _LAST_NUMBER)


def _address(number: int) -> str:
    kept = {name: value for name, value in request.args.items() if name != "trang" and value}
    if number > 1:
        kept["trang"] = str(number)
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **kept})
