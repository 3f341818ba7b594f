"""Bars that stand: names below, values above, the legend over the plot."""

from dataclasses import dataclass

from kstthc_training.paper.chart_legend import legend_rows
from kstthc_training.paper.charts import BarChart, Series
from kstthc_training.paper.svg import LINE_MM, TEXT_PT, Lettering, Scene, bar, tag, words

_PLOT_MM, _GAP_MM = 36.0, 1.0
_BARS_SHARE = 0.72  # of the width of a category; the rest keeps neighbours apart
_WIDEST_BAR_MM = 14.0


@dataclass(frozen=True)
class _Plan:
    """Where everything goes: the width of a category and of a bar, the base line, whether values are set upright."""

    chart: BarChart
    lettering: Lettering
    step: float
    thickness: float
    base: float
    scale: float
    turned: bool

    def left(self, place: int, series: int) -> float:
        """The left edge of a bar."""
        middle = (place + 0.5) * self.step
        return middle + (series - len(self.chart.series) / 2) * self.thickness


def standing_bars(chart: BarChart, width: float, lettering: Lettering) -> Scene:
    """The scene of a chart whose bars stand."""
    legend, top = legend_rows(chart.series, width, 0, lettering) if len(chart.series) > 1 else ([], 0.0)
    plan = _plan(chart, width, lettering, top)
    names = [lettering.lines(category, plan.step - _GAP_MM) for category in chart.categories]
    marks = [*legend, *_names(plan, names)]
    for number, series in enumerate(chart.series):
        marks += _columns(plan, number, series)
    marks.append(tag("line", x1=0, y1=plan.base, x2=width, y2=plan.base, stroke="#000000", stroke_width=0.3))
    return Scene(width, plan.base + _GAP_MM + max(map(len, names)) * LINE_MM, tuple(marks))


def _plan(chart: BarChart, width: float, lettering: Lettering, top: float) -> _Plan:
    step = width / len(chart.categories)
    thickness = min(_WIDEST_BAR_MM, step * _BARS_SHARE / len(chart.series))
    widest = max(lettering.width(one.label(place)) for one in chart.series for place in range(len(chart.categories)))
    turned = widest > (step if len(chart.series) == 1 else thickness) - _GAP_MM / 2
    above = (widest if turned else LINE_MM) + 2 * _GAP_MM
    scale = _PLOT_MM / chart.highest if chart.highest else 0.0
    return _Plan(chart, lettering, step, thickness, top + above + _PLOT_MM, scale, turned)


def _names(plan: _Plan, names: list[tuple[str, ...]]) -> list[str]:
    return [
        words(line, (place + 0.5) * plan.step, plan.base + _GAP_MM + (row + 0.5) * LINE_MM, anchor="middle")
        for place, lines in enumerate(names)
        for row, line in enumerate(lines)
    ]


def _columns(plan: _Plan, number: int, series: Series) -> list[str]:
    marks: list[str] = []
    for place, value in enumerate(series.values):
        left, height = plan.left(place, number), value * plan.scale
        if height:
            marks.append(bar(left, plan.base - height, plan.thickness, height, number))
        marks.append(_value(plan, series.label(place), left + plan.thickness / 2, plan.base - height))
    return marks


def _value(plan: _Plan, label: str, middle: float, top: float) -> str:
    if not plan.turned:
        return words(label, middle, top - LINE_MM / 2, anchor="middle", pt=TEXT_PT)
    foot = top - _GAP_MM
    return words(label, middle, foot, transform=f"rotate(-90 {middle:.2f} {foot:.2f})")
