"""Handing a letter over: to a mail server by SMTP, or into a Maildir when none is set."""

import hashlib
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from flask import current_app

from kstthc_training.config import Config, MailSecurity
from kstthc_training.outbox.composing import Mail
from kstthc_training.outbox.errors import Deferred, LineLost, Rejected, Trouble

PATIENCE = 20.0  # seconds for a mail server to answer one command
_TOO_LARGE = 552
_CLOSING = 421


class Carrier(Protocol):
    """Takes letters, one after another, over one line, and says with which words; what it does not take it raises as a
    `Trouble`."""

    def carry(self, mail: Mail) -> str: ...


@contextmanager
def open_line(config: Config) -> Iterator[Carrier]:
    """The carrier that the settings ask for, its line open; a server that cannot be reached raises `LineLost`."""
    if not config.smtp_host:
        yield MaildirCarrier(config.maildir)
        return
    line = _dial(config)
    try:
        yield SmtpCarrier(line)
    finally:
        _hang_up(line)


@dataclass(frozen=True)
class MaildirCarrier:
    """Leaves letters in a Maildir, where administrators read them; a repeat of a letter replaces the first."""

    root: Path

    def carry(self, mail: Mail) -> str:
        """Write the letter beside, sync it, then move it into place: it is there whole or not at all."""
        target = self.path(mail.message_id)
        draft = self.root / "tmp" / target.name
        try:
            for name in ("tmp", "new", "cur"):
                (self.root / name).mkdir(parents=True, exist_ok=True)
            _write_synced(draft, mail.octets)
            draft.replace(target)
            _sync_folder(target.parent)
        except OSError as error:  # a full disk, a folder that may not be written: the same for every letter
            raise LineLost(f"{type(error).__name__}: {error.strerror}") from error
        return ""

    def path(self, message_id: str) -> Path:
        """Where the letter with this Message-ID lies."""
        return self.root / "new" / f"{hashlib.sha256(message_id.encode()).hexdigest()[:40]}.lich-hop"

    def discard(self, message_id: str) -> None:
        """Take a letter away; one that is not there is no error."""
        self.path(message_id).unlink(missing_ok=True)


def own_maildir() -> MaildirCarrier:
    """The folder of letters of the installation that the running application belongs to."""
    return MaildirCarrier(current_app.config["SETTINGS"].maildir)


@dataclass(frozen=True)
class SmtpCarrier:
    """Hands letters to a mail server (RFC 5321)."""

    line: "Line"

    def carry(self, mail: Mail) -> str:
        """The letter is the server's when this returns; else it says whether the letter or the line is the trouble."""
        try:
            self._hand_over(mail)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, said = next(iter(refusal.recipients.values()))
            raise _letter_trouble(code, said) from refusal
        except smtplib.SMTPSenderRefused as refusal:
            raise _sender_trouble(refusal) from refusal
        except smtplib.SMTPNotSupportedError as refusal:  # an address in letters that this server does not know
            raise Rejected(_described(refusal)) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise _letter_trouble(refusal.smtp_code, refusal.smtp_error) from refusal
        except (smtplib.SMTPServerDisconnected, OSError) as loss:
            raise LineLost(_described(loss)) from loss
        return self.line.last_words

    def _hand_over(self, mail: Mail) -> None:
        self.line.ehlo_or_helo_if_needed()
        if mail.is_international and not self.line.has_extn("smtputf8"):
            raise smtplib.SMTPNotSupportedError("SMTPUTF8 is not supported by the mail server")
        options = ("SMTPUTF8", "BODY=8BITMIME") if mail.is_international else ()
        self.line.sendmail(mail.sender, mail.recipient, mail.octets, options)


def _letter_trouble(code: int, said: bytes | str) -> Trouble:
    words = _answer(code, said)
    if code == _CLOSING:
        return LineLost(words)
    return Rejected(words) if code >= 500 else Deferred(words)


def _sender_trouble(refusal: smtplib.SMTPSenderRefused) -> Trouble:
    """All letters have the same sender: but for the size announced with it, its refusal says nothing of this letter."""
    words = _answer(refusal.smtp_code, refusal.smtp_error)
    return Rejected(words) if refusal.smtp_code == _TOO_LARGE else LineLost(words)


class _Remembering:
    """A line that keeps what the server said when it took a letter, which `smtplib` drops; by it a letter is traced."""

    last_words = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, said = super().data(msg)  # type: ignore[misc]
        self.last_words = _answer(code, said)
        return code, said


class PlainLine(_Remembering, smtplib.SMTP):
    """A line that begins without protection."""


class TlsLine(_Remembering, smtplib.SMTP_SSL):
    """A line that is protected from its first octet."""


Line = PlainLine | TlsLine


def _dial(config: Config) -> Line:
    line: Line | None = None
    try:
        line = _connected(config)
        if config.smtp_security is MailSecurity.STARTTLS:
            line.starttls(context=ssl.create_default_context())
        if config.smtp_user:
            line.login(config.smtp_user, config.smtp_password)
        line.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError) as error:
        if line is not None:
            line.close()
        raise LineLost(_described(error)) from error
    return line


def _connected(config: Config) -> Line:
    if config.smtp_security is MailSecurity.TLS:
        context = ssl.create_default_context()
        return TlsLine(config.smtp_host, config.smtp_port, timeout=PATIENCE, context=context)
    return PlainLine(config.smtp_host, config.smtp_port, timeout=PATIENCE)


def _hang_up(line: Line) -> None:
    with suppress(smtplib.SMTPException, OSError):
        line.quit()
    line.close()


def _described(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _answer(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"


def _write_synced(path: Path, octets: bytes) -> None:
    with path.open("wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
