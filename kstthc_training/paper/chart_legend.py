"""The legend of a chart: a swatch and a name for each series."""

from collections.abc import Sequence

from kstthc_training.paper.charts import Series
from kstthc_training.paper.svg import LINE_MM, Lettering, bar, words

_SWATCH_MM, _SWATCH_HEIGHT_MM, _GAP_MM, _BETWEEN_MM = 4.6, 2.8, 3.0, 6.0
_STEP_MM = 5.6
_EDGE_MM = 0.2  # half a line at the edge of the picture would be cut off


def legend_width(series: Sequence[Series], lettering: Lettering) -> float:
    """The width of the legend set as a column."""
    return _SWATCH_MM + _GAP_MM + max(lettering.width(one.name) for one in series)


def legend_height(series: Sequence[Series]) -> float:
    """The height of the legend set as a column."""
    return _STEP_MM * len(series)


def legend_column(series: Sequence[Series], x: float, top: float) -> list[str]:
    """The names one below the other."""
    marks: list[str] = []
    for place, one in enumerate(series):
        marks += _entry(one.name, place, x, top + (place + 0.5) * _STEP_MM)
    return marks


def legend_rows(series: Sequence[Series], width: float, top: float, lettering: Lettering) -> tuple[list[str], float]:
    """The names beside each other, in as many rows as the width asks for; and the height they take."""
    marks: list[str] = []
    x, middle = _EDGE_MM, top + LINE_MM / 2
    for place, one in enumerate(series):
        wide = _SWATCH_MM + _GAP_MM + lettering.width(one.name)
        if x > _EDGE_MM and x + wide > width:
            x, middle = _EDGE_MM, middle + _STEP_MM
        marks += _entry(one.name, place, x, middle)
        x += wide + _BETWEEN_MM
    return marks, middle - top + LINE_MM


def _entry(name: str, series: int, x: float, middle: float) -> list[str]:
    swatch = bar(x, middle - _SWATCH_HEIGHT_MM / 2, _SWATCH_MM, _SWATCH_HEIGHT_MM, series)
    return [swatch, words(name, x + _SWATCH_MM + _GAP_MM, middle)]
