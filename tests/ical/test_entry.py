from datetime import UTC, datetime, timedelta, timezone

import pytest

from kstthc_training.ical import CalendarDataRefused, Mailbox, render_entry
from kstthc_training.ical.entry import web_address
from kstthc_training.ical.errors import EndsBeforeItStarts, NaiveInstant, NegativeSequence, UnusableAddress
from tests.ical.entries import ordinary, values

NAIVE = datetime(2024, 3, 15, 8, 0)  # noqa: DTZ001


@pytest.mark.parametrize("field", ["created_at", "changed_at", "starts_at", "ends_at"])
def test_entry_refuses_a_time_without_zone(field: str) -> None:
    with pytest.raises(NaiveInstant) as refused:
        ordinary(**{field: NAIVE})
    assert refused.value.field == field
    assert isinstance(refused.value, CalendarDataRefused)


@pytest.mark.parametrize("length", [timedelta(0), timedelta(hours=-1), timedelta(microseconds=999_999)])
def test_entry_refuses_an_end_not_after_the_start_in_whole_seconds(length: timedelta) -> None:
    start = datetime(2024, 3, 15, 1, 0, tzinfo=UTC)
    with pytest.raises(EndsBeforeItStarts):
        ordinary(starts_at=start, ends_at=start + length)


def test_entry_of_one_second_is_accepted() -> None:
    start = datetime(2024, 3, 15, 1, 0, tzinfo=UTC)
    text = render_entry(ordinary(starts_at=start, ends_at=start + timedelta(seconds=1)))
    assert values(text, "DTEND") == ["20240315T080001"]


def test_entry_refuses_a_negative_sequence() -> None:
    with pytest.raises(NegativeSequence) as refused:
        ordinary(sequence=-1)
    assert refused.value.sequence == -1


def test_entry_in_another_zone_is_written_in_the_province_time() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    six = datetime(2024, 3, 15, 6, 0, tzinfo=india)
    text = render_entry(ordinary(starts_at=six, changed_at=six))
    assert "\r\nDTSTART;TZID=Asia/Ho_Chi_Minh:20240315T073000\r\n" in text
    assert "\r\nDTSTAMP:20240315T003000Z\r\n" in text


@pytest.mark.parametrize(
    "address",
    ["", "hop/2024-131", "//lich.vn/a", "javascript:alert(1)", "data:text/html,x", "file:///etc", "https://", "http://[x/"],
)
@pytest.mark.parametrize("field", ["url", "conference_url"])
def test_entry_refuses_what_is_no_absolute_web_address(field: str, address: str) -> None:
    with pytest.raises(UnusableAddress) as refused:
        ordinary(**{field: address})
    assert (refused.value.field, refused.value.value) == (field, address)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://meet.vn/a?b=c&d=1#e", "https://meet.vn/a?b=c&d=1#e"),
        ("  https://meet.vn/phòng 1\r\n", "https://meet.vn/ph%C3%B2ng%201"),
        ("https://meet.vn/a%20b", "https://meet.vn/a%20b"),
        ('https://meet.vn/"<x>', "https://meet.vn/%22%3Cx%3E"),
    ],
)
def test_web_address_is_ascii_and_one_line(typed: str, written: str) -> None:
    assert web_address("url", typed) == written


@pytest.mark.parametrize(
    "email",
    ["", "a", "a@", "@b.vn", "a b@c.vn", "a@b.vn\r\nATTENDEE:x", "a@b@c.vn", "a?subject=x@b.vn", "ă@b.vn", "a@b..vn"],
)
def test_mailbox_refuses_what_is_no_plain_address(email: str) -> None:
    with pytest.raises(UnusableAddress):
        Mailbox("Ai đó", email)


@pytest.mark.parametrize("email", ["a@b.vn", "a.b+c_d'e@kien-giang.gov.vn", "root@localhost"])
def test_mailbox_accepts_ordinary_addresses(email: str) -> None:
    assert Mailbox("Ai đó", email).email == email
