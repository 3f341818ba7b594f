"""How official documents write numbers, dates and lists (Decree 30/2020/NĐ-CP, Annex I)."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

BLANK = "\u00a0"  # blanks left for the records office must survive the folding of spaces
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def thousands(number: int) -> str:
    """A whole number with points between thousands: 1014 is `1.014`."""
    return f"{number:,}".replace(",", ".")


def zero_padded(number: int) -> str:
    """A number in running text: below ten it gets a leading zero, from a thousand it gets points; never negative."""
    if number < 0:
        raise ValueError(f"a count is never negative: {number}")
    return thousands(number).zfill(2)


def counted(number: int, noun: str) -> str:
    """A count with its noun: 5 and `lớp` are `05 lớp`."""
    return f"{zero_padded(number)} {noun}"


def decimal(value: float | Decimal, places: int = 1) -> str:
    """A number with a decimal comma, rounded half up: 89.58 is `89,6`."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def percent(part: int, whole: int) -> str:
    """A share with one decimal, rounded half up: 215 of 240 is `89,6%`; a share of nothing is `-`."""
    return f"{decimal(Decimal(100 * part) / Decimal(whole))}%" if whole else "-"


def date_in_words(day: date) -> str:
    """A date in words: days below 10 and the months 1 and 2 get a leading zero, other months none.

    5 February 2026 is `ngày 05 tháng 02 năm 2026`, 9 September is `ngày 09 tháng 9` (Annex I, part II, 4).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def blank_date() -> str:
    """The date of a document whose day the records office sets: the words with room between them."""
    return f"ngày{BLANK * 6}tháng{BLANK * 6}năm{BLANK * 8}"


def numeric_date(day: date) -> str:
    """A date in a table cell: `04/07/2024`."""
    return f"{day:%d/%m}/{day.year:04d}"


def weekday(day: date) -> str:
    """The day of the week as written inside a sentence: `thứ Ba`, `Chủ nhật`."""
    return _WEEKDAYS[day.weekday()]


def document_number(number: int | None, symbol: str) -> str:
    """Number and symbol: `05/BC-VP`; without a number the room where the records office writes it."""
    return f"{BLANK * 8 if number is None else f'{number:02d}'}/{symbol}"


def roman(number: int) -> str:
    """A Roman number, 1 to 3999."""
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman number for {number}")
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def point_letter(position: int) -> str:
    """The letter of the point at this position from 1, in the Vietnamese alphabet: a, b, c, d, đ, e, g … y."""
    if not 1 <= position <= len(_POINT_LETTERS):
        raise ValueError(f"the alphabet has no letter for point {position}")
    return _POINT_LETTERS[position - 1]


def has_point_letters(count: int) -> bool:
    """Whether the alphabet has letters for this many points (23)."""
    return count <= len(_POINT_LETTERS)


def ended(text: str, mark: str) -> str:
    """The text with this closing mark in place of its own full stop, comma or semicolon."""
    bare = text.rstrip()
    for own in ("./.", ".", ";", ","):
        if bare.endswith(own):
            bare = bare.removesuffix(own).rstrip()
            break
    return f"{bare}{mark}"


def listed(items: Iterable[str]) -> tuple[str, ...]:
    """Items of one list: each ends with a semicolon, the last with a full stop."""
    texts = tuple(items)
    return tuple(ended(text, "." if place == len(texts) else ";") for place, text in enumerate(texts, start=1))
