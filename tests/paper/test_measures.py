"""Lengths of text, and where titles break."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from kstthc_training.paper.measures import FONT_FOLDER, Break, Face, even_break, longest, text_width, wrapped
from tests.paper.sample_report import HEAD

BOLD_14 = Face(14, bold=True)


def test_the_motto_and_the_name_of_the_nation_have_their_measured_widths() -> None:
    assert text_width("Độc lập - Tự do - Hạnh phúc", Face(13, bold=True)) == pytest.approx(56, abs=0.2)
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert text_width(nation, Face(12, bold=True)) == pytest.approx(88.3, abs=0.1)
    assert text_width(nation, Face(13, bold=True)) == pytest.approx(88.3 * 13 / 12, abs=0.1)


@pytest.mark.parametrize("cut", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_every_cut_has_all_letters_of_vietnamese(cut: str) -> None:
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    vowels = "aăâeêioôơuưy"
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones} | {"đ"}
    wanted = letters | {letter.upper() for letter in letters}
    with TTFont(FONT_FOLDER / f"Tinos-{cut}.ttf") as font:
        assert {letter for letter in wanted if ord(letter) not in font.getBestCmap()} == set()
    assert len(wanted) == 2 * (12 * 6 + 1)


def test_figures_are_all_as_wide_as_each_other() -> None:
    assert len({text_width(figure, Face(12)) for figure in "0123456789"}) == 1


def test_lines_hold_what_fits_and_a_long_word_stands_alone() -> None:
    face = Face(12)
    assert wrapped("một hai ba", face, text_width("một hai", face)) == ("một hai", "ba")
    assert wrapped("một hai ba", face, text_width("một hai", face) - 0.01) == ("một", "hai ba")
    assert wrapped("w" * 50 + " a", face, 10) == ("w" * 50, "a")
    assert wrapped("", face, 10) == ("",)


def test_the_longest_line_counts_by_width_not_by_letters() -> None:
    face = Face(12)
    assert longest(("iiii", "WWW"), face) == text_width("WWW", face)
    assert longest((), face) == 0


def test_a_subject_breaks_before_a_word_that_opens_a_phrase() -> None:
    fit = even_break(HEAD.subject, BOLD_14, 165, 13, 16)
    assert 13 <= fit.indent_mm <= 16
    assert [line.split(" ")[0] for line in fit.lines] == ["Kết", "về"]


def test_a_title_that_fits_on_one_line_gets_no_indents() -> None:
    title = "Dự lớp tập huấn nghiệp vụ kiểm soát thủ tục hành chính đợt II năm 2024"
    assert 154 < text_width(title, BOLD_14) < 155
    assert even_break(title, BOLD_14, 165, 13, 16) == Break(0, (title,))


def test_a_break_never_adds_a_line() -> None:
    text = "Danh sách " * 30
    fewest = len(wrapped(text.strip(), BOLD_14, 165))
    assert len(even_break(text.strip(), BOLD_14, 165, 0, 45).lines) == fewest


def test_a_broken_line_keeps_clear_of_the_edge_where_rounding_decides() -> None:
    fit = even_break(HEAD.subject, BOLD_14, 165, 13, 16)
    assert longest(fit.lines, BOLD_14) <= 165 - 2 * fit.indent_mm - 0.8
