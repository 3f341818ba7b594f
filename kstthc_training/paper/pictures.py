"""Pictures in the line of text, with their alternative text."""

import io
from typing import Any

from docx.shared import Twips

from kstthc_training.paper.characters import printable
from kstthc_training.paper.units import twips


def draw_picture(part: Any, paragraph: Any, png: bytes, *, width_mm: float, height_mm: float, alt: str) -> None:
    """Put a PNG into a paragraph of this part, its size in millimetres, nothing around it."""
    inline = part.new_pic_inline(io.BytesIO(png), Twips(twips(width_mm)), Twips(twips(height_mm)))
    # LibreOffice sets 3.2 mm around a picture that does not say zero.
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("descr", printable(alt))
    paragraph.add_r().add_drawing(inline)
