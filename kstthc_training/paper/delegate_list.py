"""Danh sách đại biểu: those expected at an event in the official layout, to read or to sign, as PDF/A."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import typst

from kstthc_training.paper.chart_drawing import document_fonts
from kstthc_training.paper.letterhead import Letterhead

_PAGE = """
#let d = json(bytes(sys.inputs.list))
#set document(title: d.title + ": " + d.subject, author: d.head.full_name)
#set text(font: "Tinos", lang: "vi", size: 13pt, hyphenate: false)
#set par(leading: 0.45em, spacing: 0.45em)
#set page(paper: "a4", flipped: d.signed, margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm),
  header-ascent: 6mm,
  header: context if counter(page).get().first() > 1 { align(center, text(size: 13pt, counter(page).display())) })
#let ruled(words, share) = layout(room => {
  let wide = calc.min(measure(words).width, room.width)
  words
  v(2.5pt)
  line(length: wide * share, stroke: 0.6pt)
})
#let agency = align(center, {
  if d.head.parent_agency != "" { text(size: 12pt, upper(d.head.parent_agency)); linebreak() }
  ruled(text(size: 12pt, weight: "bold", upper(d.head.agency)), 45%)
})
#let nation = align(center, {
  text(size: 12pt, weight: "bold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
  linebreak()
  ruled(text(size: 13pt, weight: "bold", "Độc lập - Tự do - Hạnh phúc"), 100%)
})
#grid(columns: if d.signed { (110fr, 142fr) } else { (68fr, 97fr) }, agency, nation)
#v(6mm)
#align(center, {
  text(size: 14pt, weight: "bold", upper(d.title))
  linebreak()
  ruled(text(size: 14pt, weight: "bold", d.subject), 34%)
  v(3mm)
  for said in d.occasion { text(size: 13pt, said); linebreak() }
})
#let last = d.columns.len() - 1
#let grouped-with(place) = d.columns.filter(column => column.group == d.columns.at(place).group).len()
#let heads(part) = {
  let names = d.columns.enumerate().map(((place, column)) => part.names.at(str(place), default: column.title))
  let above = names.enumerate().map(((place, name)) => if d.columns.at(place).group == "" {
    table.cell(rowspan: if d.grouped { 2 } else { 1 }, inset: (y: 1.6mm), strong(name))
  } else if place == 0 or d.columns.at(place - 1).group != d.columns.at(place).group {
    table.cell(colspan: grouped-with(place), inset: (y: 1.6mm), strong(d.columns.at(place).group))
  } else { none }).filter(cell => cell != none)
  let below = if d.grouped { names.enumerate().filter(((place, _)) => d.columns.at(place).group != "")
    .map(((_, name)) => table.cell(inset: (y: 1.6mm), strong(name))) } else { () }
  above + below
}
#let tall(words) = if d.signed { box(height: 9mm, align(horizon, words)) } else { words }
#for (number, part) in d.parts.enumerate() {
  if number > 0 and d.signed { pagebreak() } else { v(4mm) }
  if part.heading != "" { block(sticky: true, below: 3mm, strong(part.heading)) }
  table(
    columns: d.columns.map(column => column.width * 1fr), stroke: 0.5pt,
    inset: (x: 1.2mm, y: if d.signed { 1mm } else { 1.4mm }),
    align: (place, row) => horizon + if row < (if d.grouped { 2 } else { 1 }) or place == 0 { center } else { left },
    table.header(..heads(part)),
    ..part.rows.map(row => if row.cells.len() == 1 {
      // A head of the second level stays with what follows it, and stands again on the next page.
      (table.header(level: 2, table.cell(colspan: d.columns.len(), align: left + horizon, strong(row.cells.first()))),)
    } else {
      row.cells.enumerate().map(((place, words)) => if place == 0 { tall(words) } else { words })
    }).flatten()
  )
}
#v(3mm)
#d.foot
#v(2mm)
#block(breakable: false, grid(columns: (1fr, 1fr), align: center, row-gutter: 0.45em,
  [], emph(d.dated), strong(upper(d.left.at(0))), strong(upper(d.right.at(0))),
  v(20mm), v(20mm), strong(d.left.at(1)), strong(d.right.at(1))))
""".encode()


@dataclass(frozen=True)
class ListColumn:
    """A column: its head, its width in millimetres, and the head that it shares with its neighbours."""

    title: str
    width: float
    group: str = ""


@dataclass(frozen=True)
class ListRow:
    """A row with a text for each column; with one text it is the heading of those below it."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class ListPart:
    """A table with its heading; `names` are the heads of columns, by place, that are called otherwise in it."""

    heading: str
    rows: tuple[ListRow, ...]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DelegateList:
    """All that stands on the paper; `signed` lies on its side with room for signatures; capacity and name of who signs."""

    head: Letterhead
    title: str
    subject: str
    occasion: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    parts: Sequence[ListPart]
    foot: str
    dated: str
    left: tuple[str, str]
    right: tuple[str, str]
    signed: bool


def delegate_list(wanted: DelegateList) -> bytes:
    """The list as PDF, its heads repeated on every page, the pages numbered from the second; names are values."""
    values = asdict(wanted) | {"grouped": any(column.group for column in wanted.columns)}
    inputs = {"list": json.dumps(values)}
    pdf: bytes = typst.compile(_PAGE, font_paths=document_fonts(), format="pdf", pdf_standards="a-2b", sys_inputs=inputs)
    return pdf
