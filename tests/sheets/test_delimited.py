import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.sheets.delimited import detected_delimiter, read_delimited
from kstthc_training.sheets.refusals import BrokenFile

FIELDS = {"name": ["họ và tên"], "organisation": ["đơn vị"]}


def lines(text: str) -> list[tuple[int, list[str]]]:
    return [(line, list(cells)) for line, cells in read_delimited("a.csv", text.encode(), {}) if cells]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_read_delimited_finds_the_delimiter(delimiter: str) -> None:
    rows = [["STT", "Họ và tên", "Đơn vị"], ["1", "Bảy", "Sở Nội vụ"], ["2", "Ẩn", "Báo"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert lines(text) == list(enumerate(rows, start=1))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("", ";"),
        ("Họ tên\r\nBảy\r\n", ";"),
        ("DANH SÁCH, NĂM 2024\r\n\r\nSTT;Tên\r\n1;Bảy\r\n", ";"),
        ("STT;Tên;Nơi làm\r\n1;Bảy;Sở A, Rạch Giá\r\n2;Ẩn;Sở B, Hà Tiên\r\n", ";"),
        ('a,b\r\n"x;y;z",1\r\n"x;y;z",2\r\n', ","),
        ("a\tb\r\nx, y\tz, t\r\n", "\t"),
    ],
)
def test_detected_delimiter_cuts_lines_into_equal_parts(text: str, delimiter: str) -> None:
    assert detected_delimiter(text, {}) == delimiter


def test_detected_delimiter_prefers_the_one_that_yields_the_headings() -> None:
    text = "Họ và tên;Đơn vị\r\na, b, c, d\r\ne, f, g, h\r\n"
    assert detected_delimiter(text, {}) == ","
    assert detected_delimiter(text, FIELDS) == ";"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_read_delimited_numbers_the_line_each_record_begins_on(end: str) -> None:
    text = end.join(["a;b", '"x', 'y";1', "", "c;d"])
    assert lines(text) == [(1, ["a", "b"]), (2, [f"x{end}y", "1"]), (5, ["c", "d"])]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_read_delimited_obeys_the_line_that_names_the_delimiter(delimiter: str) -> None:
    text = f"sep={delimiter}\r\na{delimiter}b\r\nc{delimiter}d\r\n"
    assert lines(text) == [(2, ["a", "b"]), (3, ["c", "d"])]


@pytest.mark.parametrize(
    ("text", "line"), [('a;b\r\n"c;d\r\n', 2), ('a;b\r\n\r\n"c"d;e\r\n', 3), (f"a;b\r\n{'x' * 140_000};c\r\n", 2)]
)
def test_read_delimited_refuses_broken_quoting_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BrokenFile) as refused:
        read_delimited("a.csv", text.encode(), {})
    assert refused.value.facts == {"filename": "a.csv", "line": line}


@given(st.text())
def test_read_delimited_answers_any_text_with_lines_in_order_or_a_refusal(text: str) -> None:
    octets = text.encode().replace(b"\0", b"")
    try:
        numbers = [line for line, _ in read_delimited("a.csv", octets, FIELDS)]
    except BrokenFile:
        return
    assert numbers == sorted(set(numbers))
