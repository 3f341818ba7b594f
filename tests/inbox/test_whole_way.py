"""The whole way: an invitation out through a real SMTP server, the answer back in a real mailbox, and the seat is free."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account
from kstthc_training.registrations.enums import RegistrationState
from tests.calendars.answering import registration, seated
from tests.inbox.corpus.pieces import answer, b64, letter, word
from tests.inbox.test_killed import next_month
from tests.outbox.test_worker import eventually
from tests.support import databases, exim
from tests.support.browser import CheckingClient
from tests.support.factories import make_account, make_event, make_person
from tests.support.imap_server import ImapServer, imap_server

ROOT = Path(__file__).resolve().parents[2]
PROCESS = """
from kstthc_training import config
from kstthc_training.application import create_app
from kstthc_training.outbox.worker import work
from kstthc_training.serve.children import stop_on_signals
work(create_app(config.load()), stop_on_signals())
"""


@pytest.fixture(scope="module")
def mailbox() -> Iterator[ImapServer]:
    """Dovecot, which holds the Office's mailbox."""
    with imap_server() as server:
        yield server


@pytest.fixture
def post_office() -> Iterator[exim.Exim]:
    """Exim, which takes the Office's letters."""
    folder = Path(tempfile.mkdtemp(prefix="kstthc-exim-", dir="/tmp"))
    try:
        with exim.exim(folder / "exim") as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def worker(app: Flask, tmp_path: Path, mailbox: ImapServer, post_office: exim.Exim) -> Iterator[None]:
    """A worker process between the two servers."""
    mailbox.renew_folder()
    environment = {
        **os.environ, **mailbox.settings(IMAP_FOLDER="Answers"), "DATABASE_URL": app.config["SETTINGS"].database_url,
        "DATA_DIR": str(tmp_path), "SECRET_KEY": databases.SECRET, "SETTINGS_FILE": os.devnull, "LOG_LEVEL": "ERROR",
        "SMTP_HOST": "localhost", "SMTP_PORT": str(post_office.port), "SMTP_SECURITY": "starttls",
        "SMTP_USER": exim.USER, "SMTP_PASSWORD": exim.PASSWORD, "SSL_CERT_FILE": str(post_office.certificate),
        "MAIL_READ_SECONDS": "1",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-c", PROCESS], cwd=ROOT, env=environment)
    yield
    process.kill()
    process.wait()


def invitation_in(mails: list[EmailMessage], address: str) -> Any:
    """The entry that somebody's mail program was asked to put into the calendar."""
    for mail in mails:
        for part in mail.walk():
            if address in str(mail["To"]) and part.get_content_type() == "text/calendar":
                return Calendar.from_ical(part.get_payload(decode=True))  # type: ignore[arg-type]
    return None


def outlook_declines(asked: Any, address: str) -> bytes:
    """What Outlook sends when somebody presses Decline and writes a line."""
    (entry,) = asked.walk("VEVENT")
    said = answer(
        partstat="DECLINED", attendee=address, uid=str(entry["UID"]), sequence=int(entry["SEQUENCE"]), organizer="",
        stamp=f"{entry['DTSTAMP'].dt:%Y%m%dT%H%M%SZ}", program="Microsoft Exchange Server 2010", more=("COMMENT:Bận họp",),
    )  # fmt: skip
    return letter(
        f"From: {word('Lê Mẫu Bận')} <{address}>\nTo: lich-hop@localhost\nSubject: {word('Từ chối: Tập huấn mẫu')}\n"
        "Message-ID: <1@EXCH01.mau.example>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=_b_\n\n"
        f"--_b_\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{b64('Bận họp')}\n"
        "--_b_\nContent-Type: text/calendar; charset=utf-8; method=REPLY\nContent-Transfer-Encoding: base64\n\n"
        f"{b64(said)}\n--_b_--\n"
    ).replace(b"\n", b"\r\n")


@pytest.mark.race
def test_an_invitation_is_declined_by_mail_and_the_list_shows_it(
    app: Flask, worker: None, mailbox: ImapServer, post_office: exim.Exim, client_for: Callable[[Account], CheckingClient]
) -> None:
    event = make_event(starts_at=next_month(), capacity=1)
    person, next_one = make_person("Lê Mẫu Bận"), make_person("Lê Mẫu Sau")
    seated(event, person)
    seated(event, next_one)
    assert eventually(lambda: invitation_in(post_office.taken, person.email), seconds=40)

    asked = invitation_in(post_office.taken, person.email)
    mailbox.append(outlook_declines(asked, person.email), "Answers")

    def state(who: Any) -> RegistrationState | None:
        found = registration(event, who)
        return found.state if found else None

    assert eventually(lambda: state(person) is RegistrationState.CANCELLED, seconds=40)
    assert state(next_one) is RegistrationState.CONFIRMED
    shown = client_for(make_account(Role.ORGANIZER)).page(f"/hop/{event.code}/quan-ly/dang-ky?tt=da-huy").text_content()
    assert "Lê Mẫu Bận" in shown and "Từ chối qua thư" in shown
    assert eventually(lambda: invitation_in(post_office.taken, next_one.email), seconds=40)
    assert asked["METHOD"] == "REQUEST"
