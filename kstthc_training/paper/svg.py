"""Writing SVG: escaped text, presentation attributes only, so that a strict content policy lets it pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from kstthc_training.paper.characters import printable
from kstthc_training.paper.measures import Face, text_width, wrapped
from kstthc_training.paper.units import MM_PER_POINT

TEXT_PT = 11
LINE_MM = 4.5


@dataclass(frozen=True)
class Lettering:
    """The type of a chart: its family, and how much broader than Tinos it runs."""

    family: str = "Tinos"
    breadth: float = 1.0

    def width(self, text: str, pt: float = TEXT_PT) -> float:
        """The width of a text in millimetres."""
        return text_width(printable(text), Face(pt)) * self.breadth

    def lines(self, text: str, width_mm: float) -> tuple[str, ...]:
        """The text in lines no wider than this."""
        return wrapped(printable(text), Face(TEXT_PT), width_mm / self.breadth)


@dataclass(frozen=True)
class Scene:
    """A drawn chart: its size in millimetres and its marks."""

    width: float
    height: float
    marks: tuple[str, ...]


def tag(name: str, *children: str, **attributes: str | float) -> str:
    """An element: an underscore in a name is a hyphen, one at its end nothing; numbers keep two decimals."""
    written = "".join(f' {_key(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _key(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(printable(value), quote=True)
    return f"{value:.2f}".rstrip("0").rstrip(".")


def words(text: str, x: float, y: float, *, anchor: str = "start", pt: float = TEXT_PT, **more: str) -> str:
    """A line of text whose middle stands at the height y."""
    size = pt * MM_PER_POINT
    # A third of the size lowers the base line so that capitals and figures stand around the middle.
    return tag("text", escape(printable(text)), x=x, y=y + size / 3, font_size=size, text_anchor=anchor, **more)


def stacked(lines: Iterable[str], x: float, middle: float, *, anchor: str) -> list[str]:
    """Lines of text one below the other, around this height."""
    texts = tuple(lines)
    top = middle - (len(texts) - 1) * LINE_MM / 2
    return [words(text, x, top + place * LINE_MM, anchor=anchor) for place, text in enumerate(texts)]


def bar(x: float, y: float, width: float, height: float, series: int) -> str:
    """A bar in the grey of its series; a page may give its class a colour of its own."""
    fill = ("#cfcfcf", "#4a4a4a", "#8f8f8f", "#ffffff")[series]
    return tag(
        "rect", x=x, y=y, width=width, height=height, fill=fill, stroke="#000000", stroke_width=0.2,
        class_=f"chart-series-{series + 1}",
    )  # fmt: skip
