"""A mail server of the tests' own, with manners that can be chosen: it takes, refuses, puts off, drops the line or hangs."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """What came in, and how it answers: `recipients` maps addresses to replies, `manner` says what happens after DATA."""

    def __init__(self) -> None:
        self.octets: list[bytes] = []
        self.recipients: dict[str, str] = {}
        self.sender = self.everyone = ""
        self.manner = "take"
        self.got_data = threading.Event()
        self.address = ("127.0.0.1", _free_port())

    @property
    def taken(self) -> list[EmailMessage]:
        """The letters for which the server answered 250, parsed."""
        return [message_from_bytes(octets, policy=default) for octets in self.octets]  # type: ignore[misc]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.sender or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        reply = self.everyone or self.recipients.get(address, "")
        if not reply:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.got_data.set()
        if self.manner == "take":
            self.octets.append(envelope.original_content or b"")
            return "250 OK"
        if self.manner == "drop":
            server.transport.abort()
        elif self.manner == "hang":
            await asyncio.sleep(60)
        return self.manner


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """A server that listens until the block ends; `options` are aiosmtpd's."""
    server = MailServer()
    with listening(server, **options):
        yield server


@contextmanager
def listening(server: MailServer, **options: Any) -> Iterator[None]:
    """Let a server listen at its address while the block runs; it may do so again afterwards."""
    host, port = server.address
    controller = Controller(server, hostname=host, port=port, **options)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
