"""Bars that lie: names on the left, values beside the bars, the legend where there is room for it."""

from dataclasses import dataclass

from kstthc_training.paper.chart_legend import legend_column, legend_height, legend_rows, legend_width
from kstthc_training.paper.charts import BarChart
from kstthc_training.paper.svg import LINE_MM, Lettering, Scene, bar, stacked, tag, words

_MARGIN_MM, _WIDEST_NAME_MM, _GAP_MM = 2.8, 29.0, 1.0
_MOST_ROOMY = 5


@dataclass(frozen=True)
class _Pace:
    """How thick bars are, and how far apart they and their groups stand, in millimetres."""

    bar: float
    between_bars: float
    between_groups: float


_ROOMY, _DENSE = _Pace(4.8, 0.6, 3.2), _Pace(3.8, 0.3, 2.2)


def _pace(chart: BarChart) -> _Pace:
    """Many groups stand closer, so that the chart still finds room below what it belongs to."""
    return _ROOMY if len(chart.categories) <= _MOST_ROOMY else _DENSE


@dataclass(frozen=True)
class _Group:
    """One category set out: the lines of its name, its upper edge, its height."""

    lines: tuple[str, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True)
class _Plan:
    """Where everything goes: the groups, the axis, and how many millimetres one unit is long."""

    chart: BarChart
    lettering: Lettering
    width: float
    groups: tuple[_Group, ...]
    axis: float
    scale: float

    @property
    def bottom(self) -> float:
        return self.groups[-1].top + self.groups[-1].height + _MARGIN_MM

    def end(self, series: int, place: int) -> float:
        """Where the value beside a bar begins."""
        return self.axis + self.chart.series[series].values[place] * self.scale + _GAP_MM

    def reach(self, place: int) -> float:
        """How far right a group and its values go."""
        return max(
            self.end(series, place) + self.lettering.width(one.label(place)) for series, one in enumerate(self.chart.series)
        )


def lying_bars(chart: BarChart, width: float, lettering: Lettering) -> Scene:
    """The scene of a chart whose bars lie."""
    plan = _plan(chart, width, lettering, top=0)
    if len(chart.series) == 1:
        return Scene(width, plan.bottom, tuple(_plot(plan, 0)))
    left = width - legend_width(chart.series, lettering) - _MARGIN_MM
    top = plan.bottom - legend_height(chart.series) - _MARGIN_MM
    if _has_room(plan, left, top):
        return Scene(width, plan.bottom, (*_plot(plan, 0), *legend_column(chart.series, left, top)))
    legend, height = legend_rows(chart.series, width, 0, lettering)
    plan = _plan(chart, width, lettering, top=height)
    return Scene(width, plan.bottom, (*legend, *_plot(plan, height)))


def _plan(chart: BarChart, width: float, lettering: Lettering, *, top: float) -> _Plan:
    groups = _groups(chart, lettering, top)
    axis = max(lettering.width(line) for group in groups for line in group.lines) + _GAP_MM
    return _Plan(chart, lettering, width, groups, axis, _scale(chart, width - axis - 2 * _GAP_MM, lettering))


def _groups(chart: BarChart, lettering: Lettering, top: float) -> tuple[_Group, ...]:
    pace = _pace(chart)
    bars = len(chart.series) * (pace.bar + pace.between_bars) - pace.between_bars
    groups: list[_Group] = []
    y = top + _MARGIN_MM
    for category in chart.categories:
        lines = lettering.lines(category, _WIDEST_NAME_MM)
        group = _Group(lines, y, max(bars, len(lines) * LINE_MM))
        groups.append(group)
        y += group.height + pace.between_groups
    return tuple(groups)


def _scale(chart: BarChart, room: float, lettering: Lettering) -> float:
    """Millimetres for one unit, such that every bar and the value beside it fit."""
    fits = [
        (room - lettering.width(series.label(place))) / value
        for series in chart.series
        for place, value in enumerate(series.values)
        if value
    ]
    return max(0.0, min(fits, default=0.0))


def _has_room(plan: _Plan, left: float, top: float) -> bool:
    beside = [place for place, group in enumerate(plan.groups) if group.top + group.height > top]
    return all(plan.reach(place) < left - _MARGIN_MM for place in beside)


def _plot(plan: _Plan, top: float) -> list[str]:
    marks: list[str] = []
    for place, group in enumerate(plan.groups):
        marks += stacked(group.lines, plan.axis - _GAP_MM, group.middle, anchor="end")
        marks += _bars(plan, place, group)
    axis = tag("line", x1=plan.axis, y1=top, x2=plan.axis, y2=plan.bottom, stroke="#000000", stroke_width=0.3)
    return [*marks, axis]


def _bars(plan: _Plan, place: int, group: _Group) -> list[str]:
    marks: list[str] = []
    pace = _pace(plan.chart)
    step = pace.bar + pace.between_bars
    y = group.middle - (len(plan.chart.series) * step - pace.between_bars) / 2
    for number, series in enumerate(plan.chart.series):
        length = series.values[place] * plan.scale
        if length:
            marks.append(bar(plan.axis, y, length, pace.bar, number))
        marks.append(words(series.label(place), plan.end(number, place), y + pace.bar / 2))
        y += step
    return marks
