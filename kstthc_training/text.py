"""Vietnamese text: cleaned on the way in, folded for search, keyed for sorting."""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET, start=10)}
# Order of tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE_ORDER = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_KEPT_CONTROLS = {"\n", "\t", "\u200d"}  # the joiner holds some emoji together
_REFUSED = {"Cc", "Cs", "Co", "Cn", "Cf"}
LARGEST_NUMBER = 2**31 - 1  # what every whole-number column of either engine holds
LONGEST_ADDRESS = 254  # of e-mail: RFC 5321, 4.5.3.1.3, less the angle brackets
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+\Z", re.IGNORECASE | re.ASCII)
_MOST_WORDS, _LONGEST_WORD, _LONGEST_SEARCH = 8, 40, 1000


def clean(value: str) -> str:
    """Text as it is stored: NFC, no control or invisible direction characters, lines end in a line feed, ends stripped."""
    if value.isprintable():  # no line end, no control: nearly all text that comes along
        return unicodedata.normalize("NFC", value).strip()
    unified = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if not unified.replace("\n", "").isprintable():
        kept = (c for c in unified if c in _KEPT_CONTROLS or unicodedata.category(c) not in _REFUSED)
        unified = unicodedata.normalize("NFC", "".join(kept))
    return unified.strip()


def clean_line(value: str) -> str:
    """Cleaned text on one line, runs of spaces drawn together: names, titles, places."""
    return " ".join(clean(value).split())


def fold(value: str) -> str:
    """The form two spellings share when only accents, case or spaces differ: `Đường bộ` and `duong  bo`."""
    decomposed = unicodedata.normalize("NFD", value.casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").replace("đ", "d")
    return " ".join(bare.split())


def search_text(heading: str, *rest: str | None) -> str:
    """What something is found by: its heading (a name, a title), folded, and behind a bar all the rest, folded.

    So a word of the heading can be told from one elsewhere; neither part nor any search holds another bar.
    """
    return f"{fold(_barless(heading))} | {fold(_barless(' '.join(filter(None, rest))))}".rstrip()


def search_words(typed: str) -> list[str]:
    """The words that a search looks for: folded, the first 8, each cut to 40 characters.

    Every word becomes a condition; without a bound a long text makes a statement that no database takes.
    """
    return [word[:_LONGEST_WORD] for word in fold(_barless(typed[:_LONGEST_SEARCH])).split()[:_MOST_WORDS]]


def _barless(value: str) -> str:
    return value.replace("|", " ")


def is_digits(typed: str) -> bool:
    """Whether plain digits 0-9 alone stand there: `str.isdigit` also takes `²` and `٣`, which `int` refuses or reads."""
    return typed.isascii() and typed.isdigit()


def whole_number(typed: str, *, most: int = LARGEST_NUMBER) -> int | None:
    """The number from 0 to `most` that plain digits 0-9 alone spell; None for all else, also for `²`, `٣` and `-1`."""
    if not is_digits(typed) or len(typed) > len(str(most)):
        return None
    number = int(typed)
    return number if number <= most else None


@lru_cache(maxsize=4096)
def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFC", word.casefold()):
        base, tone = _without_tone(letter)
        letters.append(_PLACE.get(base) or f"~{base}" if base.isalpha() else f"0{base}")
        tones.append(tone)
    return "".join(letters), "".join(tones)


def _without_tone(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONE_ORDER[c] for c in parts if c in _TONE_ORDER), "0")
    base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONE_ORDER))
    return base, tone


def sort_key(value: str) -> str:
    """A key whose plain string order is the order of a Vietnamese dictionary: letters first, tones as tie-break."""
    keys = [_word_key(word) for word in value.split()]
    return "!".join(k[0] for k in keys) + " " + "!".join(k[1] for k in keys)


def name_sort_key(full_name: str) -> str:
    """A key that sorts people as Vietnamese lists do: by the last word, then the first, then those between."""
    words = full_name.split()
    if len(words) < 2:
        return sort_key(full_name)
    return sort_key(" ".join([words[-1], words[0], *words[1:-1]]))


def sentence_case(words: str) -> str:
    """Words from the middle of a sentence where they begin one or stand alone: `có mặt` is `Có mặt`."""
    return f"{words[:1].upper()}{words[1:]}"


def initials(full_name: str) -> str:
    """Two capitals for a person's disc: of the last two words of the name."""
    words = [w for w in full_name.split() if w[:1].isalpha()]
    return "".join(w[0] for w in words[-2:]).upper() or "?"


def phone_digits(value: str) -> str:
    """A Vietnamese phone number as digits with a leading zero (`+84 912.345.678` is `0912345678`); '' when it is none."""
    digits = "".join(c for c in value if is_digits(c))
    if value.strip().startswith("+84") or (digits.startswith("84") and len(digits) in (11, 12)):
        digits = "0" + digits[2:]
    return digits if digits.startswith("0") and len(digits) in (10, 11) else ""


def is_address(value: str) -> bool:
    """Whether letters can be sent there: one plain e-mail address in ASCII (RFC 5321, 4.1.2, dot-string alone)."""
    return len(value) <= LONGEST_ADDRESS and _ADDRESS.match(value) is not None


def masked_phone(value: str) -> str:
    """A phone number that tells who may know it which one is meant, and no more: `0900 xxx x18`."""
    digits = phone_digits(value)
    return f"{digits[:4]} xxx x{digits[-2:]}" if digits else ""


def shown_phone(value: str) -> str:
    """A phone number in the usual groups: `0912 345 678`."""
    digits = phone_digits(value)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if digits else value
