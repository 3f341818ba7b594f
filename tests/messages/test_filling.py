"""Placeholders: replaced plainly, what is empty left out, and no value means anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.messages.texts.filling import LetterText, Text, filled, locale_of, written
from kstthc_training.outbox.composing import LINK_MARK

LETTER = LetterText(
    name="reminder", kind="reminder",
    words={"vi": Text("Nhắc: {cuoc_hop}", "Kính gửi {ho_ten},\n\nXem: {lien_ket}"), "en": Text("{cuoc_hop}", "{ho_ten}")},
)  # fmt: skip


def body(text, **values):
    return filled(Text("S", text), values).body


def test_placeholders_are_replaced_and_words_in_other_braces_stay():
    assert body("{ho_ten} dự {cuoc_hop} (a, b) {Khác}", ho_ten="An", cuoc_hop="Họp") == "An dự Họp (a, b) {Khác}"


def test_a_line_with_an_empty_placeholder_is_left_out():
    assert body("Số chỗ: {so_cho}\nHạn: {han}", so_cho="3", han="") == "Số chỗ: 3"
    assert body("A\n\nLý do: {ly_do}\n\nB", ly_do="") == "A\n\nB"


def test_a_paragraph_whose_placeholders_are_all_empty_is_left_out_whole():
    assert body("A\n\nTrả lời: {lien_ket}\nLiên kết này dành riêng.", lien_ket="") == "A"
    assert body("Kính chào.\nChỉ có lời.", lien_ket="") == "Kính chào.\nChỉ có lời."


def test_our_own_mark_stands_for_the_link_where_the_text_has_it():
    assert body("Vé: {lien_ket}", lien_ket=LINK_MARK) == "Vé: {{link}}"


def test_two_values_together_make_no_mark():
    assert LINK_MARK not in body("{cuoc_hop}{ho_ten}", cuoc_hop="{", ho_ten="{link}}")


def test_a_subject_stays_one_line():
    assert filled(Text("{cuoc_hop} – {ly_do}", "B"), {"cuoc_hop": "Họp\r\nBcc: x@y.example", "ly_do": ""}).subject == (
        "Họp Bcc: x@y.example –"
    )


def test_the_office_own_words_come_first_and_an_unknown_language_is_vietnamese():
    edited = {("reminder", "vi"): Text("Riêng {cuoc_hop}", "Chào {ho_ten}")}
    values = {"cuoc_hop": "Họp", "ho_ten": "An", "lien_ket": LINK_MARK}
    assert written(LETTER, locale="fr", values=values, edited=edited) == Text("Riêng Họp", "Chào An")
    assert written(LETTER, locale="en", values=values, edited=edited) == Text("Họp", "An")
    assert locale_of("de") == "vi"


PIECES = st.lists(st.sampled_from(["{", "}", "{{", "}}", "link", "{lien_ket}", "{ho_ten}", "%s", "%(a)s", "a"]), max_size=8)


@given(first=PIECES.map("".join), second=PIECES.map("".join), linked=st.booleans())
def test_no_value_ever_makes_a_mark_of_its_own(first, second, linked):
    values = {"cuoc_hop": first, "ho_ten": second, "lien_ket": LINK_MARK if linked else ""}
    said = filled(Text("{cuoc_hop}{ho_ten}", "{cuoc_hop}{ho_ten}\n\nVé: {lien_ket}"), values)
    assert said.body.count(LINK_MARK) == int(linked)
    assert LINK_MARK not in said.subject


@pytest.mark.parametrize("value", ["\\1", "\\g<0>", "%(x)s", "{0}", "$name"])
def test_values_are_no_patterns(value):
    assert body("{ho_ten}", ho_ten=value) == value
