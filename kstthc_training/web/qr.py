"""Addresses as QR squares on pages, error correction M."""

import io

import segno
from markupsafe import Markup


def qr_square(address: str, *, border: int = 2) -> Markup:
    """The square as SVG within a page, as large as its style says; `border` is the quiet zone in modules."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=border, svgclass=None, lineclass=None, omitsize=True)
    return Markup(drawn)  # noqa: S704 - squares drawn by the library, without text


def qr_drawing(address: str) -> bytes:
    """The square as an SVG file to be printed, with the quiet zone that readers ask for."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", scale=10, border=4)
    return drawing.getvalue()
