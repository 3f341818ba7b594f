"""Name plates for the table and badges with a QR square, as PDF/A ready to be printed and cut."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import segno
import typst

from kstthc_training.paper.chart_drawing import document_fonts

_PLATES = b"""
#let people = json(bytes(sys.inputs.people))
#set document(title: sys.inputs.title)
#set text(font: "Tinos", lang: "vi", hyphenate: false)
#set page(paper: "a4", flipped: true, margin: 0pt)
#let side(p) = block(width: 297mm, height: 105mm, inset: 12mm, align(center + horizon, [
  #par(leading: 0.4em, text(size: if p.name.clusters().len() > 24 { 40pt } else { 54pt }, weight: "bold", upper(p.name)))
  #v(5mm)
  #text(size: 22pt, p.title)
  #if p.title != "" and p.organisation != "" [\\ ]
  #text(size: 22pt, p.organisation)
]))
#for (number, p) in people.enumerate() {
  if number > 0 { pagebreak() }
  rotate(180deg, side(p))
  place(top, dy: 105mm, line(length: 100%, stroke: (paint: luma(170), thickness: 0.5pt, dash: "dashed")))
  place(top, dy: 105mm, side(p))
}
"""
_BADGES = b"""
#let people = json(bytes(sys.inputs.people))
#set document(title: sys.inputs.title)
#set text(font: "Tinos", lang: "vi", hyphenate: false)
#set page(paper: "a4", margin: (x: 15mm, y: 13.5mm))
#let badge(p) = block(width: 90mm, height: 54mm, inset: 4mm, stroke: 0.4pt + luma(170), breakable: false)[
  #text(size: 8pt, sys.inputs.title)
  #v(1fr)
  #grid(columns: (1fr, 22mm), column-gutter: 3mm, align: (left + horizon, right + horizon),
    [#par(leading: 0.4em, text(size: if p.name.clusters().len() > 20 { 14pt } else { 17pt }, weight: "bold", p.name))
     #text(size: 10pt, p.title) \\
     #text(size: 10pt, p.organisation)],
    [#image(bytes(p.qr), format: "svg", width: 22mm, alt: p.code)
     #align(center, text(size: 8pt, p.code))])
  #v(1fr)
]
#grid(columns: (90mm, 90mm), ..people.map(badge))
"""


@dataclass(frozen=True)
class NamedOnPaper:
    """Somebody whose name is printed; `code` is for the door, `secret` what the QR square of his ticket holds."""

    name: str
    title: str
    organisation: str
    code: str = ""
    secret: str = ""


def name_plates(people: Sequence[NamedOnPaper], *, title: str) -> bytes:
    """A PDF with a sheet of A4 for everybody, to be folded along its middle, the name on either side."""
    return _set(_PLATES, [asdict(person) for person in people], title)


def badges(people: Sequence[NamedOnPaper], *, title: str) -> bytes:
    """A PDF with ten badges of 90 by 54 mm on a sheet of A4, each with the QR square of its ticket."""
    return _set(_BADGES, [asdict(person) | {"qr": _square(person.secret)} for person in people], title)


def _square(code: str) -> str:
    picture = io.BytesIO()
    # What it holds is drawn by chance, so no mask is better than another; choosing one takes four times as long as drawing.
    segno.make(code, error="m", micro=False, mask=3).save(picture, kind="svg", xmldecl=False, border=0, scale=4)
    return picture.getvalue().decode()


def _set(page: bytes, people: Sequence[dict[str, str]], title: str) -> bytes:
    inputs = {"people": json.dumps(people), "title": title}
    pdf: bytes = typst.compile(page, font_paths=document_fonts(), format="pdf", pdf_standards="a-2b", sys_inputs=inputs)
    return pdf
