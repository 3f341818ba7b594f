"""Numbers, dates and lists as official documents write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.paper import wording


@pytest.mark.parametrize(
    ("number", "written"), [(0, "00"), (1, "01"), (9, "09"), (10, "10"), (999, "999"), (1000, "1.000"), (1014, "1.014")]
)
def test_a_count_in_running_text_is_padded_below_ten(number: int, written: str) -> None:
    assert wording.zero_padded(number) == written


def test_a_count_is_never_negative() -> None:
    with pytest.raises(ValueError, match="-1"):
        wording.zero_padded(-1)


def test_a_count_stands_before_its_noun() -> None:
    assert wording.counted(5, "lớp") == "05 lớp"


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-1014, "-1.014")]
)
def test_thousands_are_parted_by_points(number: int, written: str) -> None:
    assert wording.thousands(number) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (215, 240, "89,6%"),
        (906, 1014, "89,3%"),
        (0, 7, "0,0%"),
        (7, 7, "100,0%"),
        (1, 2000, "0,1%"),
        (1, 2001, "0,0%"),
        (3, 2, "150,0%"),
        (0, 0, "-"),
    ],
)
def test_a_share_has_one_decimal_rounded_half_up(part: int, whole: int, written: str) -> None:
    assert wording.percent(part, whole) == written


@pytest.mark.parametrize(("value", "written"), [(89.55, "89,6"), (2.25, "2,3"), (1234.5, "1.234,5"), (4, "4,0")])
def test_a_decimal_has_a_comma_and_rounds_half_up(value: float, written: str) -> None:
    assert wording.decimal(value) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2024, 9, 9), "ngày 09 tháng 9 năm 2024"),
        (date(2024, 9, 10), "ngày 10 tháng 9 năm 2024"),
        (date(2024, 10, 31), "ngày 31 tháng 10 năm 2024"),
    ],
)
def test_a_date_pads_days_below_ten_and_the_months_one_and_two_only(day: date, written: str) -> None:
    assert wording.date_in_words(day) == written


def test_a_blank_date_keeps_its_words_and_its_room() -> None:
    assert wording.blank_date().split() == ["ngày", "tháng", "năm"]
    assert len(wording.blank_date()) == 32


def test_a_date_in_a_cell_has_fixed_width() -> None:
    assert wording.numeric_date(date(2024, 7, 4)) == "04/07/2024"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 9, 23), "thứ Hai"),
        (date(2024, 9, 24), "thứ Ba"),
        (date(2024, 9, 28), "thứ Bảy"),
        (date(2024, 9, 29), "Chủ nhật"),
    ],
)
def test_a_weekday_is_named_inside_a_sentence(day: date, written: str) -> None:
    assert wording.weekday(day) == written


@pytest.mark.parametrize(
    ("given_number", "written"), [(1, "01/BC-VP"), (9, "09/BC-VP"), (10, "10/BC-VP"), (1014, "1014/BC-VP")]
)
def test_a_document_number_is_padded_and_has_no_points(given_number: int, written: str) -> None:
    assert wording.document_number(given_number, "BC-VP") == written


def test_a_missing_document_number_leaves_room() -> None:
    assert wording.document_number(None, "BC-VP") == "\u00a0" * 8 + "/BC-VP"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "I"),
        (3, "III"),
        (4, "IV"),
        (9, "IX"),
        (14, "XIV"),
        (40, "XL"),
        (49, "XLIX"),
        (90, "XC"),
        (1994, "MCMXCIV"),
        (3999, "MMMCMXCIX"),
    ],
)
def test_roman_numbers(number: int, written: str) -> None:
    assert wording.roman(number) == written


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_a_number_without_roman_form_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        wording.roman(number)


@given(st.integers(1, 3999))
def test_a_roman_number_reads_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values[sign] for sign in wording.roman(number)]
    following = [*digits[1:], 0]
    assert sum(-one if one < after else one for one, after in zip(digits, following, strict=True)) == number


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert "".join(wording.point_letter(place) for place in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize("place", [0, 24])
def test_a_point_outside_the_alphabet_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match=str(place)):
        wording.point_letter(place)


def test_the_alphabet_has_letters_for_twenty_three_points() -> None:
    assert wording.has_point_letters(23)
    assert not wording.has_point_letters(24)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Kính báo cáo", "Kính báo cáo./."),
        ("Kính báo cáo.", "Kính báo cáo./."),
        ("Kính báo cáo./.", "Kính báo cáo./."),
        ("Kính báo cáo ; ", "Kính báo cáo./."),
        ("v.v...", "v.v.../."),
    ],
)
def test_a_closing_mark_takes_the_place_of_the_own_one(text: str, written: str) -> None:
    assert wording.ended(text, "./.") == written


def test_items_of_a_list_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    assert wording.listed(["một.", "hai;", "ba"]) == ("một;", "hai;", "ba.")
    assert wording.listed(["một"]) == ("một.",)
    assert wording.listed([]) == ()
