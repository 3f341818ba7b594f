"""Bar charts as data: categories, up to four series, and the figures in words."""

import math
from dataclasses import dataclass

from kstthc_training.paper.wording import decimal, thousands

_MOST_SERIES = 4  # as many greys as stay apart on paper


@dataclass(frozen=True)
class Series:
    """One series: its name, a value for each category, and how the values are written where that is not plain."""

    name: str
    values: tuple[float, ...]
    labels: tuple[str, ...] = ()

    def label(self, place: int) -> str:
        """The value as written beside its bar: `1.014`, or `89,6` where the series has fractions, or its own label."""
        if self.labels:
            return self.labels[place]
        whole = all(float(value).is_integer() for value in self.values)
        return thousands(int(self.values[place])) if whole else decimal(self.values[place])


@dataclass(frozen=True)
class BarChart:
    """Bars that lie, or stand when `upright`; values are finite and not negative."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str = ""
    upright: bool = False

    def __post_init__(self) -> None:
        """Refuse data that cannot be drawn truthfully."""
        if not self.categories or not 1 <= len(self.series) <= _MOST_SERIES:
            raise ValueError("a chart has at least one category and one to four series")
        for series in self.series:
            if len(series.values) != len(self.categories) or len(series.labels) not in (0, len(series.values)):
                raise ValueError(f"series {series.name!r} does not fill {len(self.categories)} categories")
            if not all(math.isfinite(value) and value >= 0 for value in series.values):
                raise ValueError(f"series {series.name!r} has a value that no bar can show")

    @property
    def highest(self) -> float:
        """The largest value of all series."""
        return max(max(series.values) for series in self.series)

    def figures(self) -> str:
        """All figures as one sentence for readers who do not see the bars."""
        return f"{'; '.join(self._told(place) for place in range(len(self.categories)))}."

    def _told(self, place: int) -> str:
        if len(self.series) == 1:
            return f"{self.categories[place]}: {self.series[0].label(place)}"
        told = ", ".join(f"{series.name} {series.label(place)}" for series in self.series)
        return f"{self.categories[place]}: {told}"
