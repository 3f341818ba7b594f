"""From the act to the mailbox through a mail server of the distribution: TLS, sign-in, refusals, calendar data."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from kstthc_training.config import Config, MailSecurity
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.letter_round import LetterRound
from tests.outbox.letters import letter, posted
from tests.outbox.test_worker import eventually
from tests.support.exim import FULL, PASSWORD, UNKNOWN, USER, Exim, exim

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Tập huấn\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Exim]:
    with exim(tmp_path / "exim") as running:
        yield running


def round_at(app: Flask, server: Exim, security: MailSecurity, *, password: str = PASSWORD) -> LetterRound:
    settings: Config = app.config["SETTINGS"]
    port = server.tls_port if security is MailSecurity.TLS else server.port
    config = replace(
        settings, smtp_host="localhost", smtp_port=port, smtp_security=security, smtp_user=USER, smtp_password=password,
        mail_from="lich-hop@mau.example",
    )  # fmt: skip
    return LetterRound(config, app.extensions["outbox"], worker="one", stopping=threading.Event())


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_letters_arrive_over_a_protected_line_and_refusals_are_understood(
    app: Flask, server: Exim, security: MailSecurity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    good = posted("lan@mau.example", calendar=ICS, calendar_method="REQUEST", subject="Đổi phòng: Hội trường Ớ")
    unknown, full = posted(UNKNOWN), posted(FULL)

    round_at(app, server, security).turn()

    states = [letter(each).state for each in (good, unknown, full)]
    assert states == [MessageState.SENT, MessageState.FAILED, MessageState.WAITING]
    assert letter(unknown).last_error == "550 5.1.1 user unknown"
    assert letter(full).last_error == "451 4.2.2 mailbox full"
    assert eventually(lambda: server.taken)
    (mail,) = server.taken
    assert (mail["Message-ID"], mail["Subject"]) == (letter(good).message_id, "Đổi phòng: Hội trường Ớ")
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_payload(decode=True) == ICS.encode()


def test_line_to_a_server_that_nobody_vouches_for_carries_nothing(app: Flask, server: Exim) -> None:
    waiting = posted()
    carrying = round_at(app, server, MailSecurity.STARTTLS)

    carrying.turn()

    assert (letter(waiting).state, letter(waiting).tries, server.taken) == (MessageState.WAITING, 0, [])
    assert carrying.trouble is not None and "CERTIFICATE_VERIFY_FAILED" in carrying.trouble


def test_wrong_password_is_told_and_costs_no_letter_a_try(app: Flask, server: Exim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    waiting = posted()
    carrying = round_at(app, server, MailSecurity.STARTTLS, password="sai")

    carrying.turn()

    assert (letter(waiting).state, letter(waiting).tries) == (MessageState.WAITING, 0)
    assert carrying.trouble is not None and carrying.trouble.startswith("535")
