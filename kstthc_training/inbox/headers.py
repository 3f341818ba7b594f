"""Header fields as people read them, however a program wrote them: encoded words, bare octets, wrong character sets."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from kstthc_training.text import clean_line

LONGEST = 2_000  # of one field that is looked at
_GUESSED = "cp1258"  # Vietnamese as old Windows wrote it; every octet means something


@dataclass(frozen=True)
class Sender:
    """An address with the name before it; empty when a letter names none, or more than one."""

    email: str = ""
    name: str = ""


def raw_fields(message: Message, name: str) -> list[str]:
    """The values of all fields with a name, unfolded, octets beyond ASCII read as UTF-8 or as old Windows wrote them."""
    wanted = name.lower()
    return [_readable(str(value)) for key, value in message.raw_items() if key.lower() == wanted]


def raw_field(message: Message, name: str) -> str:
    """The value of the first field with a name; empty without one."""
    return next(iter(raw_fields(message, name)), "")


def is_cut_field(message: Message, name: str) -> bool:
    """Whether a field with a name is longer than what is looked at."""
    wanted = name.lower()
    return any(len(str(value)) >= LONGEST for key, value in message.raw_items() if key.lower() == wanted)


def field_words(message: Message, name: str) -> str:
    """A field as people read it, on one line."""
    return decoded(raw_field(message, name))


def decoded(value: str) -> str:
    """A value with its encoded words (RFC 2047) in plain letters; those that cannot be decoded stay as they are."""
    if "=?" not in value:
        return clean_line(value)
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return clean_line(value)
    return clean_line("".join(_part(words, charset) for words, charset in parts))


def sender_of(message: Message) -> Sender:
    """Who a letter says it is from; nobody when it says so twice or names several, which no calendar program does."""
    # Addresses are taken apart before anything is decoded: an encoded comma must not become a second address.
    pairs = addresses_in(message, "From")
    if len(pairs) != 1 or len(raw_fields(message, "From")) != 1:
        return Sender()
    name, email = pairs[0]
    return Sender(email=clean_line(email), name=decoded(name)[:200])


def addresses_in(message: Message, name: str) -> list[tuple[str, str]]:
    """The names and addresses in all fields of a name; none of one that the package cannot take apart."""
    try:
        return [pair for pair in getaddresses(raw_fields(message, name)[:20]) if pair[1]]
    except Exception:  # comments within comments without end
        return []


def sent_at(message: Message) -> datetime | None:
    """When a letter says it was written, in UTC; None when it says nothing that a clock could show."""
    try:
        at = parsedate_to_datetime(raw_field(message, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def octets_as_words(octets: bytes, charset: str = "") -> str:
    """Octets as text: UTF-8 when they are, whatever they are said to be, as programs lie about it; else as said."""
    for each in (*([charset] if _is_many_octets(charset) else []), "utf-8"):
        try:
            return octets.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return octets.decode(charset or _GUESSED, errors="replace")
    except LookupError:
        return octets.decode(_GUESSED, errors="replace")


def _is_many_octets(charset: str) -> bool:
    """Whether a character set writes plain letters in octets that would also pass for UTF-8."""
    return charset.lower().startswith(("utf-16", "utf-32", "utf-7", "iso-2022"))


def _readable(value: str) -> str:
    octets = value[:LONGEST].encode("utf-8", errors="surrogateescape")
    return " ".join(octets_as_words(octets).split("\n")).replace("\r", "")


def _part(words: bytes | str, charset: str | None) -> str:
    return words if isinstance(words, str) else octets_as_words(words, charset or "")
