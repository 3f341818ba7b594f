"""The figures on top of a period's page, and the table that sets them beside those of other periods."""

from typing import Any

from flask_babel import gettext as _

from kstthc_training.reports.addresses import Places
from kstthc_training.reports.comparison import Line, compared_lines
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.rows import Summary
from kstthc_training.reports.words import Change, change, change_of_share, figure_words, period_words
from kstthc_training.web.locale import figure, percent

_SHARE = (Figure.EXPECTED, True)
_CARDS = (
    (Figure.EVENTS, False),
    (Figure.ATTENDED, False),
    _SHARE,
    (Figure.PERSONS, False),
    (Figure.PRESS, False),
    (Figure.ORGANISATIONS, False),
    (Figure.MATERIALS, False),
    (Figure.TOPICS, False),
)


def comparison_rows(summary: Summary) -> list[dict[str, Any]]:
    """A row for each figure: this period's number and those of the others, each opening its rows, with the differences."""
    return [_row(summary, line) for line in compared_lines(summary) if line.kind is None]


def figure_cards(summary: Summary) -> list[dict[str, Any]]:
    """The figures that stand out, each with its difference from the period before."""
    lines = {(line.figure, line.is_share): line for line in compared_lines(summary) if line.kind is None}
    return [_card(summary, lines[wanted]) for wanted in _CARDS]


def _row(summary: Summary, line: Line) -> dict[str, Any]:
    others = [
        {
            "change": _change(line, place),
            "was": _written(line, line.others[place]),
            "href": Places(other.period).rows(line.figure),
        }
        for place, other in enumerate(summary.others)
    ]
    href = Places(summary.period).rows(line.figure)
    return {"label": _label(line), "value": _written(line, line.now), "href": href, "others": others}


def _card(summary: Summary, line: Line) -> dict[str, Any]:
    written = _written(line, line.now)
    shown = _change(line, 0)
    return {
        "href": Places(summary.period).rows(line.figure),
        "label": _label(line),
        "value": written.removesuffix("%"),
        "unit": _unit(summary, line),
        "detail": _detail(summary, line, shown),
        "trend": shown.trend,
    }


def _unit(summary: Summary, line: Line) -> str:
    if line.figure is Figure.ORGANISATIONS:
        return _("trên %(n)s", n=figure(summary.existing))
    return "%" if line.is_share and line.now is not None else ""


def _detail(summary: Summary, line: Line, shown: Change) -> str:
    """The difference; the first card also says from what, and so does each figure that did not move."""
    other = period_words(summary.others[0].period)
    if not shown.trend:
        return _("bằng %(other)s", other=other) if shown.words else ""
    if line.figure is Figure.EVENTS:
        return _("%(amount)s so với %(other)s", amount=shown.words, other=other)
    return shown.words


def _change(line: Line, place: int) -> Change:
    now, before = line.now, line.others[place]
    if line.is_share:
        return change_of_share(now, before)
    return change(int(now or 0), int(before or 0))


def _written(line: Line, number: float | None) -> str:
    return percent(number) if line.is_share else figure(int(number or 0))


def _label(line: Line) -> str:
    return _("Tỷ lệ có mặt") if line.is_share else figure_words(line.figure)
