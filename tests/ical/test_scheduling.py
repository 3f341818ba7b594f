from datetime import UTC, datetime
from pathlib import Path

import pytest

from kstthc_training.ical import EntryStatus, Mailbox, cancel, readdressed, remove, request
from kstthc_training.ical.errors import NaiveInstant, OrganizerMissing, WrongStatus
from tests.ical.entries import JOURNALIST, OFFICE, called_off, full, unfolded, values

GOLDEN = Path(__file__).parent / "golden"
SENT_AT = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)


def test_request_writes_these_bytes() -> None:
    written = request(full(organizer=OFFICE), attendee=JOURNALIST, stamped_at=SENT_AT)
    assert written == (GOLDEN / "request.ics").read_bytes()


@pytest.mark.parametrize("status", [EntryStatus.CANCELLED, EntryStatus.POSTPONED])
def test_cancel_writes_these_bytes(status: EntryStatus) -> None:
    written = cancel(called_off(status), attendee=JOURNALIST, stamped_at=SENT_AT)
    assert written == (GOLDEN / f"cancel-{status}.ics").read_bytes()


def test_remove_writes_these_bytes() -> None:
    written = remove(full(organizer=OFFICE, sequence=4), attendee=JOURNALIST, stamped_at=SENT_AT)
    assert written == (GOLDEN / "remove.ics").read_bytes()
    assert values(written.decode(), "STATUS") == []


def test_messages_are_stamped_when_made_and_keep_the_uid_of_the_feed() -> None:
    entry = full(organizer=OFFICE)
    text = request(entry, attendee=JOURNALIST, stamped_at=SENT_AT).decode()
    assert values(text, "DTSTAMP") == ["20240301T020000Z"]
    assert values(text, "LAST-MODIFIED") == ["20240220T093000Z"]
    assert values(text, "UID") == [str(entry.uid)]


def test_request_asks_exactly_one_person() -> None:
    lines = unfolded(request(full(organizer=OFFICE), attendee=JOURNALIST, stamped_at=SENT_AT).decode())
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        "ATTENDEE;CN=\"Nguyễn Thị ^'Bảy^', Báo Kiên Giang\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT"
        ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bay.nguyen@baokiengiang.vn"
    ]


@pytest.mark.parametrize("status", [EntryStatus.CANCELLED, EntryStatus.POSTPONED])
@pytest.mark.parametrize("message", [request, remove])
def test_nobody_is_asked_to_or_taken_off_what_is_called_off(message, status: EntryStatus) -> None:
    with pytest.raises(WrongStatus) as refused:
        message(called_off(status), attendee=JOURNALIST, stamped_at=SENT_AT)
    assert refused.value.status == status


@pytest.mark.parametrize("status", [EntryStatus.CONFIRMED, EntryStatus.TENTATIVE])
def test_cancel_refuses_what_still_stands(status: EntryStatus) -> None:
    with pytest.raises(WrongStatus):
        cancel(full(organizer=OFFICE, status=status), attendee=JOURNALIST, stamped_at=SENT_AT)


@pytest.mark.parametrize(
    ("message", "status"),
    [(request, EntryStatus.CONFIRMED), (remove, EntryStatus.CONFIRMED), (cancel, EntryStatus.CANCELLED)],
)
def test_messages_need_an_organizer_and_an_aware_stamp(message, status: EntryStatus) -> None:
    with pytest.raises(OrganizerMissing):
        message(full(status=status), attendee=JOURNALIST, stamped_at=SENT_AT)
    with pytest.raises(NaiveInstant):
        message(full(status=status, organizer=OFFICE), attendee=JOURNALIST, stamped_at=SENT_AT.replace(tzinfo=None))


def test_object_at_another_address_differs_in_its_attendee_alone() -> None:
    long = "nguoi-co-dia-chi-rat-dai-khong-vua-mot-dong@don-vi-hanh-chinh-su-nghiep-cap-xa.example"
    entry = full(organizer=OFFICE, description=f"Gửi mailto:{long}")
    wrong = request(entry, attendee=Mailbox("Nguyễn, Lan", long), stamped_at=SENT_AT).decode()
    right = request(entry, attendee=Mailbox("Nguyễn, Lan", "lan@mau.example"), stamped_at=SENT_AT).decode()
    assert readdressed(wrong, old=long.upper(), new="lan@mau.example") == right
    assert readdressed(right, old="ai@mau.example", new="x@mau.example") == right
