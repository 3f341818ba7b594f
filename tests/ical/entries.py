"""Entries to test with: only what a test names differs from one ordinary session."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kstthc_training.ical import CalendarEntry, EntryStatus, Mailbox

OFFICE = Mailbox("Văn phòng UBND tỉnh", "vanphong@kiengiang.gov.vn")
JOURNALIST = Mailbox('Nguyễn Thị "Bảy", Báo Kiên Giang', "bay.nguyen@baokiengiang.vn")

_ORDINARY = CalendarEntry(
    uid=UUID("0b9f1c52-7a41-4c1e-9d53-2f6f7f0c8a11"),
    sequence=0,
    created_at=datetime(2024, 2, 1, 3, 4, 5, tzinfo=UTC),
    changed_at=datetime(2024, 2, 20, 9, 30, 0, tzinfo=UTC),
    starts_at=datetime(2024, 3, 15, 0, 30, tzinfo=UTC),
    ends_at=datetime(2024, 3, 15, 4, 30, tzinfo=UTC),
    summary="Tập huấn nghiệp vụ kiểm soát thủ tục hành chính",
)

_FULL = replace(
    _ORDINARY,
    sequence=3,
    summary="Tập huấn nghiệp vụ kiểm soát thủ tục hành chính; cơ chế một cửa, một cửa liên thông",
    description="Buổi 1: quy định mới.\nBuổi 2: trao đổi, giải đáp; tài liệu kèm theo.",
    location="Hội trường UBND tỉnh, 06 Nguyễn Công Trứ, Rạch Giá",
    url="https://lich.kiengiang.gov.vn/hop/2024-131",
    categories=("Tập huấn", "Một cửa, một cửa liên thông"),
    conference_url="https://hop.kiengiang.gov.vn/phong/tap-huan?ma=2024-131",
    related_to=UUID("5d5b7b0e-54a7-4f0b-8a0e-0f5c1b2a3d4e"),
)


def ordinary(**changes: Any) -> CalendarEntry:
    """A confirmed session of one morning with nothing but a title."""
    return replace(_ORDINARY, **changes)


def full(**changes: Any) -> CalendarEntry:
    """A session with everything a VEVENT may carry but an organizer."""
    return replace(_FULL, **changes)


def unfolded(text: str) -> list[str]:
    """The content lines of a file, as a reader joins them (RFC 5545, 3.1)."""
    return re.sub("\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n")


def values(text: str, name: str) -> list[str]:
    """The raw values, after any parameters, of every line of a property."""
    return [line.partition(":")[2] for line in unfolded(text) if re.split("[:;]", line, maxsplit=1)[0] == name]


def called_off(status: EntryStatus) -> CalendarEntry:
    """A session with an organizer that will not take place as planned."""
    return full(status=status, sequence=4, organizer=OFFICE)
