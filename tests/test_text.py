"""Vietnamese text: cleaning, folding, sorting, phones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training import text

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\u0000b\u0007c", "abc"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("\u202eđảo\u202c", "đảo"),
        ("  hai  đầu  ", "hai  đầu"),
        ("{{7*7}} <b>'\"", "{{7*7}} <b>'\""),
    ],
)
def test_clean(typed, cleaned):
    assert text.clean(typed) == cleaned


@given(st.text())
def test_clean_is_nfc_and_settles_at_once(typed):
    cleaned = text.clean(typed)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert text.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [("Đường bộ", "duong  BO"), ("Hoà", "hòa"), ("Thuỷ", "thủy"), ("Đề án", "de an"), ("Nguye\u0302\u0303n", "nguyen")],
)
def test_fold_joins_spellings(one, other):
    assert text.fold(one) == text.fold(other)


def test_letters_sort_in_the_order_of_the_alphabet():
    assert sorted(reversed(ALPHABET), key=text.sort_key) == ALPHABET


def test_tones_break_ties_in_the_order_of_dictionaries():
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(reversed(tones), key=text.sort_key) == tones
    assert sorted(["mạ an", "ma ba"], key=text.sort_key) == ["mạ an", "ma ba"]


def test_words_sort_by_letters_first():
    assert sorted(reversed(["Ba", "Bà", "Bá", "Bách", "Băng", "Bân"]), key=text.sort_key) == [
        "Ba", "Bà", "Bá", "Bách", "Băng", "Bân",
    ]  # fmt: skip


def test_people_sort_by_the_last_word_then_the_first_then_those_between():
    names = ["Trần Mẫu An", "Lê Văn Bình", "Nguyễn Mẫu Bình", "Nguyễn Văn Bình", "An", "Đỗ Mẫu Ánh"]
    expected = ["An", "Trần Mẫu An", "Đỗ Mẫu Ánh", "Lê Văn Bình", "Nguyễn Mẫu Bình", "Nguyễn Văn Bình"]
    assert sorted(reversed(names), key=text.name_sort_key) == expected


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("84912345678", "0912345678"),
        ("02973 812 345", "02973812345"),
        ("912345678", ""),
        ("113", ""),
        ("abc", ""),
    ],
)
def test_phone_digits(typed, digits):
    assert text.phone_digits(typed) == digits


def test_phones_are_masked_and_shown():
    assert text.masked_phone("+84 900 000 018") == "0900 xxx x18"
    assert text.shown_phone("0900000018") == "0900 000 018"
    assert text.shown_phone("nội bộ 12") == "nội bộ 12"


@pytest.mark.parametrize(("name", "letters"), [("Nguyễn Mẫu An", "MA"), ("An", "A"), ("", "?"), ("Y Ban", "YB")])
def test_initials(name, letters):
    assert text.initials(name) == letters


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("7", 7), ("007", 7), ("2147483647", 2**31 - 1), ("2147483648", None), ("9" * 5000, None)]
    + [(odd, None) for odd in ("", "-1", "+1", "1.0", "1e3", " 1", "²", "٣", "１", "①")],
)
def test_whole_numbers_are_plain_digits_that_a_column_holds(typed, number):
    assert text.whole_number(typed) == number


def test_whole_numbers_up_to_a_limit():
    assert text.whole_number("64", most=64) == 64
    assert text.whole_number("65", most=64) is None
    assert text.whole_number("640", most=64) is None


def test_a_phone_number_is_made_of_plain_digits():
    assert text.phone_digits("0912 345 67²") == ""
    assert text.phone_digits("٠912345678") == ""


def test_a_search_looks_for_eight_words_of_forty_letters():
    assert text.search_words("  Đường  BỘ ") == ["duong", "bo"]
    assert text.search_words("a b c d e f g h i k") == list("abcdefgh")
    assert text.search_words("ư" * 50) == ["u" * 40]
    assert len(text.search_words("từ " * 20_000)) == 8
