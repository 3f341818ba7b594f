"""The mail that becomes of a letter."""

from collections.abc import Callable
from datetime import datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from flask import Flask

from kstthc_training.outbox.composing import Mail, compose
from kstthc_training.outbox.enums import KnownTrouble
from kstthc_training.outbox.errors import Deferred, Rejected
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.wiring import Wiring
from kstthc_training.refusals import Unknown
from tests.conftest import NOW
from tests.outbox.letters import letter, posted

SENDER = "lich-hop@vp.example"
ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Tập huấn\r\nEND:VCALENDAR\r\n"


def wiring(**links: Callable[[int], str]) -> Wiring:
    return Wiring(jobs={}, daily={"tidy": time(2)}, links=links, sender_name=lambda at: "Văn phòng UBND tỉnh")


def a_message(**fields: Any) -> Message:
    values = {
        "message_id": "<4f9d@lich-hop>",
        "recipient": "lan@mau.example",
        "recipient_name": "Nguyễn Thị Lan",
        "subject": "Mời dự tập huấn",
        "body": "Kính gửi chị Lan,\n\nXem {{link}}\n.\nHết.",
        "created_at": NOW,
    }
    return Message(**{**values, **fields})


def read(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.octets, policy=default)  # type: ignore[return-value]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(preferencelist=("plain",))
    assert part is not None
    return str(part.get_content())


def test_letter_says_who_to_whom_when_and_that_no_machine_should_answer() -> None:
    mail = read(compose(a_message(), sender=SENDER, wiring=wiring()))

    assert {name: str(mail[name]) for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted")} == {
        "From": "Văn phòng UBND tỉnh <lich-hop@vp.example>",
        "To": "Nguyễn Thị Lan <lan@mau.example>",
        "Subject": "Mời dự tập huấn",
        "Date": "Wed, 18 Mar 2026 09:00:00 +0700",
        "Message-ID": "<4f9d@lich-hop>",
        "Auto-Submitted": "auto-generated",
    }


def test_mark_in_the_body_becomes_the_address_derived_now() -> None:
    addressed = a_message(link_purpose="ticket", link_id=17)

    mail = compose(addressed, sender=SENDER, wiring=wiring(ticket=lambda owner: f"https://hop.example/ve/{owner}"))

    assert text_of(read(mail)).splitlines() == [
        "Kính gửi chị Lan,", "", "Xem https://hop.example/ve/17", ".", "Hết.",
    ]  # fmt: skip
    assert addressed.body and "{{link}}" in addressed.body


def test_letter_comes_as_text_and_as_html() -> None:
    mail = read(compose(a_message(), sender=SENDER, wiring=wiring()))

    assert shape(mail) == ["multipart/alternative", ["text/plain", "text/html"]]


def shape(part: EmailMessage) -> Any:
    """What a mail is made of."""
    kind = part.get_content_type()
    return [kind, [shape(each) for each in part.iter_parts()]] if part.is_multipart() else kind


def test_calendar_comes_last_of_the_alternatives_and_as_a_file_to_the_octet() -> None:
    mail = read(compose(a_message(calendar=ICS, calendar_method="REQUEST"), sender=SENDER, wiring=wiring()))

    alternatives = ["multipart/alternative", ["text/plain", "text/html", "text/calendar"]]
    assert shape(mail) == ["multipart/mixed", [alternatives, "application/ics"]]
    calendar, file = list(mail.walk())[-2:]
    assert calendar["Content-Type"] == 'text/calendar; method="REQUEST"; charset="UTF-8"; component="VEVENT"'
    assert [part["Content-Transfer-Encoding"] for part in (calendar, file)] == ["base64", "base64"]
    assert [part.get_payload(decode=True) for part in (calendar, file)] == [ICS.encode()] * 2
    assert [calendar.get_content_disposition(), file.get_content_disposition()] == [None, "attachment"]
    assert [calendar.get_filename(), file.get_filename()] == [None, "invite.ics"]


def test_repeat_has_the_same_octets(app: Flask) -> None:
    letter_id = posted(calendar=ICS, calendar_method="CANCEL")

    tries = {compose(letter(letter_id), sender=SENDER, wiring=wiring()).octets for _ in range(3)}

    assert len(tries) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"recipient": "no address at all"},
        {"recipient": "lan@mau.example>, <tat-ca@mau.example"},
        {"recipient": "lan@mau.example\r\nBcc: tat-ca@mau.example"},
        {"subject": "Mời\r\nBcc: tat-ca@mau.example"},
        {"recipient_name": "Lan\nBcc: tat-ca@mau.example"},
        {"message_id": "<a@b>\r\nBcc: tat-ca@mau.example"},
    ],
)
def test_letter_that_cannot_be_written_or_would_bear_other_headers_is_rejected(fields: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        compose(a_message(**fields), sender=SENDER, wiring=wiring())


def test_name_with_quotes_and_commas_stays_one_name() -> None:
    hostile = 'Lan" <tat-ca@mau.example>, "Minh; (x)'

    mail = read(compose(a_message(recipient_name=hostile), sender=SENDER, wiring=wiring()))

    assert [(each.display_name, each.addr_spec) for each in mail["To"].addresses] == [(hostile, "lan@mau.example")]


def test_letter_without_body_is_rejected() -> None:
    with pytest.raises(Rejected, match=KnownTrouble.NO_BODY):
        compose(a_message(body=None), sender=SENDER, wiring=wiring())


def raising(error: Exception) -> Callable[[int], str]:
    def derive(owner: int) -> str:
        raise error

    return derive


def test_link_that_nobody_derives_or_that_is_no_longer_good_is_rejected(now: datetime) -> None:
    spent = wiring(ticket=raising(Unknown()))

    for each in (wiring(), spent):
        with pytest.raises(Rejected, match=KnownTrouble.NO_LINK):
            compose(a_message(link_purpose="ticket", link_id=1), sender=SENDER, wiring=each)


def test_link_that_cannot_be_derived_just_now_is_put_off() -> None:
    broken = wiring(ticket=raising(OSError("no database")))

    with pytest.raises(Deferred, match="OSError: no database"):
        compose(a_message(link_purpose="ticket", link_id=1), sender=SENDER, wiring=broken)
