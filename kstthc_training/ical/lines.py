"""Content lines of RFC 5545: text escaped, parameters quoted, lines folded between code points."""

from collections.abc import Iterator
from typing import Any

from icalendar import Parameters
from icalendar.cal import Component

from kstthc_training.text import clean

LINE_OCTETS = 75


class Text:
    """One or more TEXT values of a property, already cleaned (RFC 5545, 3.3.11)."""

    # The package's own vText turns a backslash before a capital N into a line break ("C:\\Nam").
    __slots__ = ("values",)
    params = Parameters()  # never any, and dear to make

    def __init__(self, *values: str) -> None:
        self.values = values

    def to_ical(self) -> bytes:
        """The escaped values, separated by commas, in UTF-8."""
        return ",".join(_escaped(value) for value in self.values).encode()


def paragraphs(text: str) -> str:
    """Text of several lines as calendar data carries it: cleaned, each line ended by a line feed alone."""
    # Readers that cut the file with Python's splitlines() would also cut at these two.
    return clean(text.replace("\u2028", "\n").replace("\u2029", "\n"))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def serialise(component: Component) -> str:
    """A component without others inside, as folded lines ending in CRLF, properties in the order they were set."""
    lines = (folded(content_line(name, value)) for name, value in component.items())
    return "\r\n".join([f"BEGIN:{component.name}", *lines, f"END:{component.name}", ""])


def content_line(name: str, value: Any) -> str:
    """One property with its parameters, not folded yet."""
    parameters = value.params.to_ical(sorted=False).decode() if value.params else ""
    separator = ";" if parameters else ""
    return f"{name}{separator}{parameters}:{value.to_ical().decode()}"


def folded(line: str) -> str:
    """A line cut into pieces of at most 75 octets, never inside a code point or an escape (RFC 5545, 3.1)."""
    octets = line.encode()
    if len(octets) <= LINE_OCTETS:
        return line
    return "\r\n ".join(piece.decode() for piece in _pieces(octets))


def _pieces(octets: bytes) -> Iterator[bytes]:
    start, room = 0, LINE_OCTETS
    while len(octets) - start > room:
        end = _cut(octets, start, start + room)
        yield octets[start:end]
        start, room = end, LINE_OCTETS - 1
    yield octets[start:]


def _cut(octets: bytes, start: int, end: int) -> int:
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    # Google loses an escape that a fold tears apart; an even run of signs is whole escapes.
    last = octets[end - 1 : end]
    if last in (b"\\", b"^"):
        piece = octets[start:end]
        end -= (len(piece) - len(piece.rstrip(last))) % 2
    return end
