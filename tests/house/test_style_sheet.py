"""Every class that the style sheet dresses is worn somewhere: by a template, a script, or markup made in Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "static" / "css" / "app.css"
# Classes that are put together: what they begin with, what may follow, and where that is decided.
COMPOSED = {
    "btn--": {"go", "bad"},  # ui.submit(tone)
    "c-": {"warn", "bad"},  # ui.fig(tone)
    "ext--": {"pdf", "doc", "xls"},  # kinds of papers
    "figs--": {"4", "5"},  # as many figures as an import has
    "lvl-": {"1", "2", "3"},  # depth of a topic
    "note--": {"warn", "bad"},  # ui.note(tone)
    "result--": {"dup", "no"},  # what the door answers
    "slot--": {"p", "l", "e", "a"},  # a status on the roster
    "t-": {"hb", "h", "hn", "th", "0"},  # ui.family_class
    "tag--": {"ok", "warn", "bad", "info", "line"},  # ui.tag(tone)
}
# Classes that are chosen whole, by a word that stands in no attribute of a template.
CHOSEN = {
    "pick", "chip", "tick",  # ui.choices(look)
    "up", "down",  # which way a figure went
    "input--file",  # ui.field for a file
    "ws",  # the block `body_class`
}  # fmt: skip
WORD = re.compile(r"[A-Za-z_][\w-]*")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ATTRIBUTE = re.compile(r'\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', re.DOTALL)
ARGUMENT = re.compile(r"\b(?:cls|class_?)=(?:'([^']*)'|\"([^\"]*)\")")
QUOTED = re.compile(r"""'([^']*)'|"([^"]*)\"""")


def dressed(sheet: str) -> set[str]:
    """The classes in the selectors of a style sheet."""
    plain = re.sub(r'/\*.*?\*/|url\([^)]*\)|"[^"]*"', "", sheet, flags=re.DOTALL)
    selectors = [found for found in re.findall(r"([^{};]+)\{", plain) if not found.strip().startswith("@")]
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z_][\w-]*)", selector)}


def in_markup(text: str) -> Iterator[str]:
    """The classes of attributes and arguments; of what is decided in an attribute, every word it may say."""
    for attribute in ATTRIBUTE.findall(text):
        yield from WORD.findall(JINJA.sub(" ", attribute))
        yield from (word for code in JINJA.findall(attribute) for word in _quoted(code))
    for code in JINJA.findall(text):
        yield from (word for pair in ARGUMENT.findall(code) for word in WORD.findall(" ".join(pair)))


def in_script(text: str) -> Iterator[str]:
    """The words of every line that sets a class."""
    yield from (word for line in text.splitlines() if "class" in line.lower() for word in _quoted(line))


def in_program(text: str) -> Iterator[str]:
    """The classes of attributes in markup that Python makes."""
    constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    yield from (word for value in constants if isinstance(value, str) for word in in_markup(value))


def _quoted(code: str) -> list[str]:
    return [word for pair in QUOTED.findall(code) for word in WORD.findall(" ".join(pair))]


def worn() -> set[str]:
    """Every class that the product may put on an element; the sheet of parts wears nothing of its own."""
    templates = (path for path in (ROOT / "templates").rglob("*.html") if path.name != "sheet.html")
    readers = [
        (in_markup, templates),
        (in_script, (ROOT / "static" / "js").glob("*.js")),
        (in_program, (ROOT / "kstthc_training").rglob("*.py")),
    ]
    found = {word for read, paths in readers for path in paths for word in read(path.read_text(encoding="utf-8"))}
    return found | CHOSEN | {f"{begins}{ending}" for begins, endings in COMPOSED.items() for ending in endings}


def test_every_class_of_the_sheet_is_worn() -> None:
    assert sorted(dressed(SHEET.read_text(encoding="utf-8")) - worn()) == []


def test_every_composed_and_chosen_class_is_still_dressed_or_plain_by_intent() -> None:
    plain_by_intent = {"figs--5", "btn--go"}
    made = CHOSEN | {f"{begins}{ending}" for begins, endings in COMPOSED.items() for ending in endings}
    assert made - dressed(SHEET.read_text(encoding="utf-8")) - plain_by_intent == set()


def test_classes_are_found_in_each_language() -> None:
    sheet = '@media print{.a>.b:not(.c){x:url(d.png)}}/* .e */.f--g{content:".h"}'
    assert dressed(sheet) == {"a", "b", "c", "f--g"}
    markup = """<p class="a{{ ' b--' ~ tone if tone }}{% if x %} c{% endif %}" id="d">{{ field(cls='e f', name='g') }}</p>"""
    assert set(in_markup(markup)) == {"a", "b--", "c", "e", "f"}
    assert set(in_script('row.classList.add("cur", "x");\nsay("y");')) == {"cur", "x"}
    assert set(in_program("MARK = '<a class=\"cite\">'\nNAME = 'y'")) == {"cite"}
