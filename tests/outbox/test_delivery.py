"""Handing over: the Maildir, and what a mail server may answer."""

import mailbox
import socket
import ssl
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

import pytest

from kstthc_training.config import Config, MailSecurity
from kstthc_training.outbox import delivery
from kstthc_training.outbox.composing import Mail
from kstthc_training.outbox.delivery import MaildirCarrier, open_line
from kstthc_training.outbox.errors import Deferred, LineLost, Rejected, Trouble
from tests.support.databases import settings_for
from tests.support.mail_server import MailServer, mail_server


def a_mail(recipient: str = "lan@mau.example", *, message_id: str = "<1@lich-hop>", body: str = "Chào.") -> Mail:
    mail = EmailMessage(policy=SMTPUTF8)
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "lich-hop@vp.example", recipient, "Thư", message_id
    mail.set_content(body)
    return Mail("lich-hop@vp.example", recipient, message_id, bytes(mail))


def settings_of(server: MailServer, folder: Path) -> Config:
    host, port = server.address
    return settings_for(folder, SMTP_HOST=host, SMTP_PORT=str(port))


def carried(config: Config, mail: Mail) -> None:
    with open_line(config) as line:
        line.carry(mail)


def test_maildir_holds_each_letter_once_where_any_mail_program_finds_it(tmp_path: Path) -> None:
    config = settings_for(tmp_path)

    carried(config, a_mail())
    carried(config, a_mail(message_id="<2@lich-hop>", body="Khác."))
    carried(config, a_mail(body="Chào lần nữa."))

    found = {each["Message-ID"]: each.get_payload(decode=True) for each in mailbox.Maildir(config.maildir, create=False)}
    assert found == {"<1@lich-hop>": "Chào lần nữa.\n".encode(), "<2@lich-hop>": "Khác.\n".encode()}
    assert list((config.maildir / "tmp").iterdir()) == []


def test_maildir_discards_a_letter_and_minds_no_missing_one(tmp_path: Path) -> None:
    box = MaildirCarrier(tmp_path / "mail")
    box.carry(a_mail())

    box.discard("<1@lich-hop>")
    box.discard("<1@lich-hop>")

    assert list((box.root / "new").iterdir()) == []


def test_maildir_that_cannot_be_written_is_a_lost_line(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")

    with pytest.raises(LineLost, match="NotADirectoryError"):
        MaildirCarrier(tmp_path / "mail").carry(a_mail())


def test_letter_reaches_the_server(tmp_path: Path) -> None:
    with mail_server() as server:
        carried(settings_of(server, tmp_path), a_mail())

    assert [(mail["Message-ID"], mail.get_content()) for mail in server.taken] == [("<1@lich-hop>", "Chào.\r\n")]


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        ("550 5.1.1 no such user", Rejected),
        ("553 bad name", Rejected),
        ("451 4.7.1 try later", Deferred),
        ("452 full", Deferred),
        ("421 closing", LineLost),
    ],
)
def test_refused_recipient(tmp_path: Path, reply: str, trouble: type[Trouble]) -> None:
    with mail_server() as server:
        server.recipients["lan@mau.example"] = reply

        with open_line(settings_of(server, tmp_path)) as line, pytest.raises(trouble) as raised:
            line.carry(a_mail())

    assert (type(raised.value), str(raised.value)) == (trouble, reply)


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [("554 looks like spam", Rejected), ("451 disk full", Deferred), ("421 closing", LineLost), ("drop", LineLost)],
)
def test_refused_after_data(tmp_path: Path, reply: str, trouble: type[Trouble]) -> None:
    with mail_server() as server:
        server.manner = reply

        with open_line(settings_of(server, tmp_path)) as line, pytest.raises(Trouble) as raised:
            line.carry(a_mail())

    assert type(raised.value) is trouble


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [("550 not allowed to send", LineLost), ("451 later", LineLost), ("552 too large", Rejected)],
)
def test_refused_sender_concerns_every_letter_unless_it_is_the_size(
    tmp_path: Path, reply: str, trouble: type[Trouble]
) -> None:
    with mail_server() as server:
        server.sender = reply

        with open_line(settings_of(server, tmp_path)) as line, pytest.raises(Trouble) as raised:
            line.carry(a_mail())

    assert type(raised.value) is trouble


def test_line_goes_on_after_a_refused_letter(tmp_path: Path) -> None:
    with mail_server() as server:
        server.recipients["ai@mau.example"] = "550 no such user"
        with open_line(settings_of(server, tmp_path)) as line:
            with pytest.raises(Rejected):
                line.carry(a_mail("ai@mau.example"))
            line.carry(a_mail())

    assert len(server.taken) == 1


def test_address_that_the_server_cannot_write_is_rejected(tmp_path: Path) -> None:
    with (
        mail_server(enable_SMTPUTF8=False) as server,
        open_line(settings_of(server, tmp_path)) as line,
        pytest.raises(Rejected),
    ):
        line.carry(a_mail("lân@mau.example"))


def test_hanging_server_is_a_lost_line_after_our_patience(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.3)
    with mail_server() as server:
        server.manner = "hang"

        with open_line(settings_of(server, tmp_path)) as line, pytest.raises(LineLost):
            line.carry(a_mail())


def test_absent_server_is_a_lost_line(tmp_path: Path) -> None:
    server = MailServer()

    with pytest.raises(LineLost, match="ConnectionRefusedError"):
        carried(settings_of(server, tmp_path), a_mail())


def test_server_that_never_greets_is_a_lost_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        config = settings_for(tmp_path, SMTP_HOST="127.0.0.1", SMTP_PORT=str(silent.getsockname()[1]))

        with pytest.raises(LineLost, match="timed out"):
            carried(config, a_mail())


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_line_that_should_be_protected_and_is_not_carries_nothing(
    tmp_path: Path, security: MailSecurity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 1.0)
    with mail_server() as server, pytest.raises(LineLost) as raised:
        carried(replace(settings_of(server, tmp_path), smtp_security=security), a_mail())

    assert server.taken == []
    assert raised.value.__cause__ is None or not isinstance(raised.value.__cause__, ssl.SSLCertVerificationError)


def test_server_without_sign_in_is_a_lost_line_when_one_is_set(tmp_path: Path) -> None:
    with mail_server() as server, pytest.raises(LineLost):
        carried(replace(settings_of(server, tmp_path), smtp_user="vp", smtp_password="x"), a_mail())

    assert server.taken == []
