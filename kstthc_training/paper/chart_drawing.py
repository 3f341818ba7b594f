"""A chart in a document: the same SVG as on the screen, made a picture, with its caption below."""

import json
from functools import lru_cache
from typing import Any

import typst

from kstthc_training.paper.chart_svg import DOCUMENT_LETTERING, chart_scene, scene_svg
from kstthc_training.paper.charts import BarChart
from kstthc_training.paper.measures import FONT_FOLDER
from kstthc_training.paper.paragraphs import write
from kstthc_training.paper.pictures import draw_picture
from kstthc_training.paper.styles import CHART, CHART_CAPTION
from kstthc_training.paper.svg import Scene

_PPI = 300
_PAGE = b"""
#let drawing = json(bytes(sys.inputs.drawing))
#set page(width: drawing.width * 1mm, height: drawing.height * 1mm, margin: 0pt, fill: white)
#image(bytes(drawing.svg), format: "svg", width: 100%)
"""


@lru_cache(maxsize=1)
def document_fonts() -> typst.Fonts:
    """The type of official documents alone, whatever the machine has installed."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER])


def draw_chart(part: Any, body: Any, chart: BarChart, caption: str) -> None:
    """Add the chart, 150 mm wide, its figures as alternative text, and the caption that stays below it."""
    scene, figures = chart_scene(chart), chart.figures()
    png = scene_png(scene, scene_svg(scene, figures, DOCUMENT_LETTERING))
    holder = write(body, CHART)
    draw_picture(part, holder, png, width_mm=scene.width, height_mm=scene.height, alt=f"{caption}. {figures}")
    write(body, CHART_CAPTION, caption)


def scene_png(scene: Scene, svg: str) -> bytes:
    """The picture of a scene at 300 dots an inch, set in the document type whatever the machine has installed."""
    drawing = json.dumps({"width": scene.width, "height": scene.height, "svg": svg})
    png: bytes = typst.compile(
        _PAGE,
        font_paths=document_fonts(),
        format="png",
        ppi=_PPI,
        sys_inputs={"drawing": drawing},
    )
    return png
