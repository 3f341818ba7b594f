"""A letter as it came, read once: who, when, what about, and the parsed whole. Reads anything, raises nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32

from kstthc_training.inbox.headers import field_words, raw_field, sender_of, sent_at

_LONGEST_FIELD, _MOST_FIELD_LINES = 4_000, 100
MOST_OCTETS = 1_000_000  # read of one letter; what comes behind is files
_TOLD_APART_BY = (b"message-id", b"from", b"date", b"subject")


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A letter: `digest` tells it from every other, whichever way it came, and `is_cut` that its end was not read."""

    digest: str
    message_id: str
    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    answers: tuple[str, ...]
    is_cut: bool
    message: Message


def read(octets: bytes, *, is_cut: bool = False) -> Mail:
    """What a letter says of itself; of one that cannot be taken apart, its header alone."""
    octets = _without_mbox_line(octets)
    message = _parsed(octets)
    sender = sender_of(message)
    return Mail(
        digest=digest_of(octets),
        message_id=message_ids(raw_field(message, "Message-ID"))[0],
        sender=sender.email[:254],
        sender_name=sender.name,
        subject=field_words(message, "Subject")[:500],
        sent_at=sent_at(message),
        answers=_answers(message),
        is_cut=is_cut,
        message=message,
    )


def digest_of(octets: bytes) -> str:
    """What tells a letter from every other: its own name, writer, date, title and body, not the traces of its way here."""
    plain = octets.replace(b"\r\n", b"\n")
    head, blank, body = plain.partition(b"\n\n")
    print_of = hashlib.sha256()
    for name, value in _fields(head):
        if name in _TOLD_APART_BY:
            print_of.update(name + b":" + b" ".join(value.split()) + b"\n")
    print_of.update(b"\n" + (body if blank else plain).rstrip())
    return print_of.hexdigest()


def message_ids(value: str) -> tuple[str, ...]:
    """The names of letters (`<…@…>`) in a field, at least one, be it empty."""
    found = [f"<{part.partition('>')[0]}>" for part in value.split("<")[1:] if ">" in part]
    return tuple(each for each in found if " " not in each and 3 < len(each) <= 998) or ("",)


def _answers(message: Message) -> tuple[str, ...]:
    """The letters that this one answers, the nearest first."""
    direct = message_ids(raw_field(message, "In-Reply-To"))
    thread = reversed(message_ids(raw_field(message, "References")))
    return tuple(dict.fromkeys(each for each in (*direct, *thread) if each))[:20]


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    unfolded = head.replace(b"\n ", b" ").replace(b"\n\t", b" ")
    lines = (line.partition(b":") for line in unfolded.split(b"\n"))
    return [(name.strip().lower(), value) for name, colon, value in lines if colon]


class _ShortFields(Compat32):
    """Fields are cut: the package takes minutes over one with a hundred thousand parameters."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines[:_MOST_FIELD_LINES])
        return name, value[:_LONGEST_FIELD]


def _parsed(octets: bytes) -> Message:
    try:
        return BytesParser(policy=_ShortFields()).parsebytes(octets)
    except Exception:  # a nest too deep for the parser, or a fault of it: the header says enough to show the letter
        return BytesHeaderParser(policy=_ShortFields()).parsebytes(octets.replace(b"\r\n", b"\n").partition(b"\n\n")[0])


def _without_mbox_line(octets: bytes) -> bytes:
    """A letter as some programs file it begins with the line that separates letters in one file."""
    start = octets.lstrip(b"\r\n")
    return start.partition(b"\n")[2] if start.startswith((b"From ", b">From ")) else start
