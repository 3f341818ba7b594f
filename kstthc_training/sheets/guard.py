"""The apostrophe that keeps text from being taken for a formula, put on and taken off."""

import re

_SIGNS = frozenset("'=+-@\t\r＝＋－＠")
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def guarded(text: str) -> str:
    """Text that no spreadsheet program evaluates: with an apostrophe before = + - @ (wide ones too), tab or CR."""
    return f"'{text}" if text[:1] in _SIGNS and _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text before `guarded` touched it."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
