import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from kstthc_training.ical.lines import LINE_OCTETS, Text, folded, paragraphs, serialise


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_folded_lines_fit_and_unfold_to_the_same(line: str) -> None:
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= LINE_OCTETS - (place > 0) for place, piece in enumerate(pieces))


ESCAPES = ["\\\\", "\\;", "\\n", "ệ", "a", "🇻", " "]
CARETS = ["^^", "^'", "^n", "ệ", "a", "🇻", " "]


@pytest.mark.parametrize(("sign", "parts"), [("\\", ESCAPES), ("^", CARETS)])
@given(data=st.data())
def test_folded_never_tears_an_escape(sign: str, parts: list[str], data: st.DataObject) -> None:
    line = "".join(data.draw(st.lists(st.sampled_from(parts), min_size=60)))
    for piece in folded(line).split("\r\n "):
        assert (len(piece) - len(piece.rstrip(sign))) % 2 == 0


@pytest.mark.parametrize(
    ("length", "pieces"), [(0, [0]), (74, [74]), (75, [75]), (76, [75, 1]), (149, [75, 74]), (150, [75, 74, 1])]
)
def test_folded_uses_the_whole_width(length: int, pieces: list[int]) -> None:
    assert [len(piece) for piece in folded("x" * length).split("\r\n ")] == pieces


def test_folded_cuts_before_a_letter_of_three_octets() -> None:
    assert folded("x" * 74 + "ệ" + "y") == "x" * 74 + "\r\n ệy"


@pytest.mark.parametrize(
    ("values", "written"),
    [
        (("a,b;c",), r"a\,b\;c"),
        (("hai\ndòng",), r"hai\ndòng"),
        ((r"C:\Nam \n \, \\",), r"C:\\Nam \\n \\\, \\\\"),
        (('"trích"', "a,b"), r'"trích",a\,b'),
    ],
)
def test_text_escapes_what_rfc_5545_names(values: tuple[str, ...], written: str) -> None:
    assert Text(*values).to_ical().decode() == written


def test_serialise_keeps_the_order_in_which_properties_were_set() -> None:
    event = Event()
    event["SUMMARY"] = Text("b")
    event["DESCRIPTION"] = Text("a")
    assert serialise(event) == "BEGIN:VEVENT\r\nSUMMARY:b\r\nDESCRIPTION:a\r\nEND:VEVENT\r\n"


def test_paragraphs_know_every_line_end() -> None:
    assert paragraphs(" a\r\nb\rc\u2028d\u2029e\x00\x85\u202e ") == "a\nb\nc\nd\ne"
