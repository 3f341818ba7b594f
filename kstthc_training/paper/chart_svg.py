"""A bar chart as an SVG string: one drawing for the page on the screen and for the printed document."""

from kstthc_training.paper.chart_bars import lying_bars
from kstthc_training.paper.chart_columns import standing_bars
from kstthc_training.paper.charts import BarChart
from kstthc_training.paper.svg import Lettering, Scene, tag

CHART_WIDTH_MM = 150.0
DOCUMENT_LETTERING = Lettering()
# The type of the pages runs up to 22 % broader than Tinos in ordinary words.
SCREEN_LETTERING = Lettering(family="Be Vietnam Pro", breadth=1.25)


def chart_scene(chart: BarChart, *, width_mm: float = CHART_WIDTH_MM, lettering: Lettering = DOCUMENT_LETTERING) -> Scene:
    """The chart drawn in this width; its height follows from what it shows."""
    return (standing_bars if chart.upright else lying_bars)(chart, width_mm, lettering)


def chart_svg(chart: BarChart, *, width_mm: float = CHART_WIDTH_MM, lettering: Lettering = DOCUMENT_LETTERING) -> str:
    """The chart as SVG: sizes in millimetres, figures as its label, no style, no script, nothing from outside.

    A page asks for `SCREEN_LETTERING`, and may colour the classes `chart-series-1` to `chart-series-4`.
    """
    return scene_svg(chart_scene(chart, width_mm=width_mm, lettering=lettering), chart.figures(), lettering)


def scene_svg(scene: Scene, label: str, lettering: Lettering) -> str:
    """A drawn scene as a whole SVG document."""
    return tag(
        "svg",
        *scene.marks,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{scene.width:g}mm",
        height=f"{scene.height:g}mm",
        viewBox=f"0 0 {scene.width:g} {scene.height:g}",
        role="img",
        aria_label=label,
        font_family=lettering.family,
        fill="#000000",
        class_="chart",
    )
