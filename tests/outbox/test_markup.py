"""The HTML of letters: read as a program reads it, whatever people wrote."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.outbox.markup import LINK_MARK, markup

LINK = "https://hop.example/ve/17?a=1&b=2"


class Page(HTMLParser):
    """What a page shows: its text by paragraph, its links with their names, and every element that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.links: list[tuple[str, str, str]] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self._link: tuple[str, str] | None = None
        self._name = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag == "p":
            self.paragraphs.append("")
        if tag == "br":
            self.paragraphs[-1] += "\n"
        if tag == "a":
            values = dict(attrs)
            self._link, self._name = (values["href"] or "", values.get("class") or ""), ""

    def handle_data(self, data: str) -> None:
        if self.paragraphs and data.strip("\n"):
            self.paragraphs[-1] += data
        self._name += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            self.links.append((*self._link, self._name))


def page(body: str, *, link: str = "", locale: str = "vi") -> Page:
    return Page(markup(body, subject="Tập huấn", link=link, locale=locale))


def test_paragraphs_and_lines_stay() -> None:
    assert page("Kính gửi chị Lan,\n\nDòng 1\nDòng 2\n\n\nHết.").paragraphs == [
        "Kính gửi chị Lan,", "Dòng 1\nDòng 2", "Hết.",
    ]  # fmt: skip


def test_the_link_is_one_button_named_as_its_line_and_plain_elsewhere() -> None:
    shown = page(f"Mã: 7K4M\nVé có mã QR: {LINK_MARK}\nXin đưa vé.\n\nLần nữa: {LINK_MARK}", link=LINK)
    assert shown.links == [(LINK, "button", "Vé có mã QR"), (LINK, "", LINK)]
    assert shown.paragraphs == ["Mã: 7K4M", "Vé có mã QR", "Xin đưa vé.", f"Lần nữa: {LINK}"]


def test_a_sentence_before_the_link_stays_a_sentence() -> None:
    words = "Để xem vé và in mang theo, kính mời Ông/Bà bấm vào liên kết dành riêng cho mình dưới đây"
    page = Page(markup(f"{words}: {LINK_MARK}", subject="S", link=LINK, locale="vi"))
    assert page.paragraphs == [f"{words}:", "Mở liên kết"]
    assert page.links == [(LINK, "button", "Mở liên kết")]


@pytest.mark.parametrize(("locale", "name"), [("vi", "Mở liên kết"), ("en", "Open the link"), ("fr", "Mở liên kết")])
def test_a_link_that_stands_alone_has_a_name_in_the_language_of_the_letter(locale: str, name: str) -> None:
    assert page(f"Xin bấm:\n\n{LINK_MARK}", link=LINK, locale=locale).links == [(LINK, "button", name)]


def test_addresses_in_the_text_can_be_followed_without_the_sign_after_them() -> None:
    assert page("Trực tuyến https://hop.example/a?x=1&y=2. Hết").links == [
        ("https://hop.example/a?x=1&y=2", "", "https://hop.example/a?x=1&y=2")
    ]


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_page_says_its_language_and_both_colour_schemes(locale: str) -> None:
    text = markup("Chào", subject="<Tập & huấn>", link="", locale=locale)
    assert f'<html lang="{locale}">' in text
    assert "<title>&lt;Tập &amp; huấn&gt;</title>" in text
    assert '<meta name="color-scheme" content="light dark">' in text
    assert "prefers-color-scheme: dark" in text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=200))
def test_nothing_that_people_wrote_is_markup(words: str) -> None:
    hostile = f"a{words} <script>alert(1)</script> <img src=x onerror=y> </main> &amp; \"' {words}z"
    shown = page(hostile.replace("http", "h"))
    assert shown.elements <= {"html", "head", "meta", "title", "style", "body", "main", "p", "br"}
    assert shown.attributes <= {"lang", "charset", "name", "content"}
    assert _bare("".join(shown.paragraphs)) == _bare(hostile.replace("http", "h"))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
