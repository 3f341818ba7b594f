"""Tables copied from Word."""

from datetime import time

import pytest

from kstthc_training.desk.forms.pasting import PastedLine, read_programme


@pytest.mark.parametrize(
    ("cell", "starts", "ends"),
    [
        ("07:30–08:00", time(7, 30), time(8)),
        ("7h30 - 8h", time(7, 30), time(8)),
        ("7 giờ 30 phút đến 8 giờ", time(7, 30), time(8)),
        ("07.30 — 08.00", time(7, 30), time(8)),
        ("7g30", time(7, 30), None),
        ("8", time(8), None),
    ],
)
def test_hours_as_people_write_them(cell, starts, ends):
    assert read_programme(f"{cell}\tKhai mạc\tChủ trì") == ([PastedLine(starts, ends, "Khai mạc", "Chủ trì")], [])


def test_line_without_time_continues_the_one_above():
    pasted = '08:00\tCông bố\tLê Mẫu Châu\nkết quả quý III\n\t(tiếp)\tTrần Mẫu Vinh\n\n09:00\t"Hỏi đáp"'
    assert read_programme(pasted) == (
        [
            PastedLine(time(8), None, "Công bố kết quả quý III (tiếp)", "Lê Mẫu Châu, Trần Mẫu Vinh"),
            PastedLine(time(9), None, "Hỏi đáp", ""),
        ],
        [],
    )


def test_more_columns_are_all_speakers():
    (line,), _ = read_programme("08:00\tKhai mạc\tChủ trì\tThư ký")
    assert line.speakers == "Chủ trì, Thư ký"


@pytest.mark.parametrize("line", ["Thời gian\tNội dung\tNgười trình bày", "25:00\tKhai mạc", "08:00", "8:75\tKhai mạc"])
def test_unreadable_first_line_is_given_back(line):
    read, unread = read_programme(line)
    assert (read, len(unread)) == ([], 1)
