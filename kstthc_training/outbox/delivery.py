"""Handing a letter over: to a mail server by SMTP, or into a Maildir when none is set."""

import mailbox
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from kstthc_training.clock import local
from kstthc_training.config import Config, MailSecurity
from kstthc_training.outbox.models import Message

_PATIENCE = 20.0  # seconds for a mail server to answer


class Carrier(Protocol):
    """Takes letters, one after another, over one line."""

    def carry(self, message: EmailMessage, key: str) -> None: ...


def compose(message: Message, *, sender: str, sender_name: str, address_of: Callable[[str, int], str]) -> EmailMessage:
    """The letter's bytes, the same at every try (RFC 5322): fixed Message-ID, date of writing, link derived anew."""
    body = message.body or ""
    if message.link_purpose and message.link_id is not None:
        body = body.replace("{{link}}", address_of(message.link_purpose, message.link_id))
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(display_name=sender_name, addr_spec=sender)
    letter["To"] = Address(display_name=message.recipient_name, addr_spec=message.recipient)
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(local(message.created_at))
    letter["Message-ID"] = message.message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body, cte="base64")
    return letter


@contextmanager
def carrier(config: Config) -> Iterator[Carrier]:
    """The carrier that the settings ask for, its line open for a batch."""
    if not config.smtp_host:
        yield MaildirCarrier(config.maildir)
        return
    with _smtp_line(config) as line:
        yield SmtpCarrier(line)


@dataclass(frozen=True)
class MaildirCarrier:
    """Leaves letters in a Maildir, where administrators read them in the browser; a repeat replaces the first."""

    root: Path

    def carry(self, message: EmailMessage, key: str) -> None:
        self.root.parent.mkdir(parents=True, exist_ok=True)
        box = mailbox.Maildir(self.root, create=True)
        wanted = mailbox.MaildirMessage(message)
        for known, text in box.iteritems():
            if text["Message-ID"] == message["Message-ID"]:
                box[known] = wanted
                return
        box.add(wanted)


@dataclass(frozen=True)
class SmtpCarrier:
    """Hands letters to a mail server (RFC 5321); what it refuses is raised as smtplib raises it."""

    line: smtplib.SMTP

    def carry(self, message: EmailMessage, key: str) -> None:
        self.line.send_message(message)


@contextmanager
def _smtp_line(config: Config) -> Iterator[smtplib.SMTP]:
    if config.smtp_security is MailSecurity.TLS:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            config.smtp_host, config.smtp_port, timeout=_PATIENCE, context=ssl.create_default_context()
        )
    else:
        line = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=_PATIENCE)
    with line:
        if config.smtp_security is MailSecurity.STARTTLS:
            line.starttls(context=ssl.create_default_context())
        if config.smtp_user:
            line.login(config.smtp_user, config.smtp_password)
        yield line
