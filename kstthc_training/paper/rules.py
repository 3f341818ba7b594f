"""Rules: a paragraph of its own with a top border, as long as its indents leave, never an underline."""

from typing import Any

from kstthc_training.paper.paragraphs import Place, write
from kstthc_training.paper.styles import RULE

AGENCY_SHARE = 0.45  # of the text above it; the Decree allows a third to a half
TITLE_SHARE = 0.4
SHEET_SHARE = 0.34


def draw_rule(
    parent: Any, length_mm: float, container_mm: float, *, before: float = 2, after: float = 0, keep_next: bool = False
) -> None:
    """A black rule of 0.75 pt of this length, centred in a container of this width; spaces in points."""
    indent = max(0.0, (container_mm - length_mm) / 2)
    write(parent, RULE, place=Place(indent, indent, before=before, after=after, keep_next=keep_next))
