"""What stands in a letter: its parts, each as octets or as text, without those of letters that it brings along."""

import re
from collections.abc import Iterator
from email.message import Message
from html import unescape

from kstthc_training.inbox.headers import decoded, octets_as_words
from kstthc_training.text import clean

_MOST_PARTS = 200
_LONGEST_TEXT = 20_000
_NAME = re.compile(r"(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "table"}
_UNREAD = {"style", "script", "head", "title"}
_EMPTY_LINES = re.compile(r"\n{3,}")


def parts_of(message: Message) -> Iterator[Message]:
    """Every part that is no container, in order; a letter brought along whole is one part, and is not opened."""
    left, seen = [message], 0
    while left and seen < _MOST_PARTS:
        part, seen = left.pop(0), seen + 1
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            left = [each for each in part.get_payload() if isinstance(each, Message)] + left
        else:
            yield part


def octets_of(part: Message) -> bytes:
    """A part's content, its transfer encoding undone as far as it can be."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def text_of(part: Message) -> str:
    """A part's content as text."""
    return octets_as_words(octets_of(part), charset_of(part))


def charset_of(part: Message) -> str:
    """The character set that a part says it is written in; empty when it says none, or nothing that can be read."""
    try:
        return str(part.get_content_charset() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def name_of(part: Message) -> str:
    """The file name of a part; empty without one."""
    try:
        return decoded(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def shown_text(message: Message) -> str:
    """What people read in a letter, as plain text: its plain part, else its HTML without everything but the words."""
    parts = [part for part in parts_of(message) if not is_attached(part)]
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    if plain is not None and (text := _tidy(text_of(plain))):
        return text
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    return _tidy(words_of_html(text_of(page))) if page is not None else ""


def is_attached(part: Message) -> bool:
    """Whether a part is a file beside the letter rather than the letter."""
    return (part.get_content_disposition() or "") == "attachment"


def words_of_html(page: str) -> str:
    """The words of a page, a line for each block; nothing of it is run, fetched or kept.

    Cut at its signs, in one pass: parsers that mend pages take minutes over some of a few thousand signs.
    """
    first, *pieces = page[: _LONGEST_TEXT * 10].split("<")
    words, unread = [first], ""
    for piece in pieces:
        tag, _sign, text = piece.partition(">")
        found = _NAME.match(tag)
        name, closes = (found[2].lower(), bool(found[1])) if found else ("", False)
        if name in _UNREAD:
            unread = "" if closes else name
        if name in _BREAKS:
            words.append("\n")
        if not unread:
            words.append(" ".join(text.split("\n")))
    return unescape("".join(words)[: _LONGEST_TEXT * 2])


def _tidy(text: str) -> str:
    cut = clean(text.replace("\u00a0", " "))[:_LONGEST_TEXT]
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in cut.split("\n"))).strip()
