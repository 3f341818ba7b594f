"""A mailbox on a mail server, read by IMAP (RFC 3501): nothing is deleted, and nothing changed unless a setting says so."""

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kstthc_training.config import AfterTaking, Config, MailSecurity
from kstthc_training.inbox.errors import BoxLost
from kstthc_training.inbox.reading import MOST_OCTETS
from kstthc_training.inbox.waiting import Mark, Waiting
from kstthc_training.text import whole_number

PATIENCE = 20.0  # seconds for a mail server to answer one command
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_VALIDITY = re.compile(rb"\d+")
_LOSSES = (imaplib.IMAP4.error, OSError, ValueError)


def imap_name(config: Config) -> str:
    """The name of a mailbox on a server: another user or folder is another mailbox, read from its beginning."""
    return f"imap:{config.imap_user}@{config.imap_host}:{config.imap_port}/{config.imap_folder}"


@contextmanager
def open_imap(config: Config) -> Iterator["ImapBox"]:
    """The folder that the settings name, signed in; a server that does not answer or refuses raises `BoxLost`."""
    line = _dialled(config)
    try:
        yield ImapBox(line, _chosen(line, config), config.imap_after, config.imap_done_folder)
    except BaseException:
        _cut_off(line)  # a server that hangs would be waited for once more to say goodbye
        raise
    with suppress(*_LOSSES):
        line.logout()


@dataclass(frozen=True)
class ImapBox:
    """An open folder, its UIDVALIDITY, and what becomes of a letter that was kept."""

    line: imaplib.IMAP4
    validity: int
    after: AfterTaking
    done_folder: str

    def waiting(self, mark: Mark, *, since: datetime) -> Iterator[Waiting]:
        """Letters behind the mark, the oldest first; where numbers count anew, all that arrived since `since`."""
        for uid in self._numbers(mark, since):
            octets = self._fetched(uid)
            if octets is not None:
                place = Mark(self.validity, uid)
                yield Waiting(octets[:MOST_OCTETS], len(octets) > MOST_OCTETS, place, str(uid))

    def settle(self, letter: Waiting) -> None:
        """Mark a letter as seen, or move it, if the settings say so."""
        if self.after is AfterTaking.SEEN:
            self._asked("STORE", letter.place, "+FLAGS.SILENT", r"(\Seen)")
        elif self.after is AfterTaking.MOVE:
            self._asked("MOVE", letter.place, _quoted(self.done_folder))

    def _numbers(self, mark: Mark, since: datetime) -> list[int]:
        known = mark.last if mark.validity == self.validity else 0
        day = f"{since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}"
        # `n:*` also answers with the last letter when it lies before n.
        found = self._asked("SEARCH", "UID", f"{known + 1}:*") if known else self._asked("SEARCH", "SINCE", day)
        words = b" ".join(part for part in found if isinstance(part, bytes)).decode("ascii", "replace").split()
        return sorted(number for word in words if (number := whole_number(word)) is not None and number > known)

    def _fetched(self, uid: int) -> bytes | None:
        """The octets of a letter, at most one more than are read; None when it is gone meanwhile."""
        for part in self._asked("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_OCTETS + 1}>)"):
            if isinstance(part, tuple) and len(part) > 1:
                return bytes(part[1])
        return None

    def _asked(self, command: str, *words: str) -> list[Any]:
        try:
            answer, data = self.line.uid(command, *words)
        except _LOSSES as loss:
            raise BoxLost(_described(loss)) from loss
        if answer != "OK":
            raise BoxLost(f"{command}: {_words(data)}")
        return data


def _dialled(config: Config) -> imaplib.IMAP4:
    line: imaplib.IMAP4 | None = None
    try:
        line = _connected(config)
        if config.imap_security is MailSecurity.STARTTLS:
            line.starttls(ssl.create_default_context())
        line.login(config.imap_user, config.imap_password)
    except _LOSSES as loss:
        if line is not None:
            _cut_off(line)
        raise BoxLost(_described(loss)) from loss
    return line


def _cut_off(line: imaplib.IMAP4) -> None:
    with suppress(*_LOSSES):
        line.shutdown()


def _connected(config: Config) -> imaplib.IMAP4:
    if config.imap_security is MailSecurity.TLS:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(config.imap_host, config.imap_port, ssl_context=context, timeout=PATIENCE)
    return imaplib.IMAP4(config.imap_host, config.imap_port, timeout=PATIENCE)


def _chosen(line: imaplib.IMAP4, config: Config) -> int:
    """Open the folder, for reading alone unless letters are marked or moved; answers its UIDVALIDITY."""
    try:
        answer, data = line.select(_quoted(config.imap_folder), readonly=config.imap_after == AfterTaking.LEAVE)
        if answer != "OK":
            raise BoxLost(f"SELECT {config.imap_folder}: {_words(data)}")
        _code, given = line.response("UIDVALIDITY")
    except _LOSSES as loss:
        raise BoxLost(_described(loss)) from loss
    found = _VALIDITY.search(b" ".join(part for part in given if isinstance(part, bytes)))
    if found is None:
        raise BoxLost("UIDVALIDITY")
    return int(found[0])


def _quoted(folder: str) -> str:
    """A folder's name as servers know it: quoted, letters beyond ASCII in modified UTF-7 (RFC 3501, 5.1.3)."""
    pieces = re.split(r"([^\x20-\x7e]+)", folder.replace("&", "&-"))
    name = "".join(_encoded(piece) if place % 2 else piece for place, piece in enumerate(pieces))
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _encoded(piece: str) -> str:
    return "&" + b64encode(piece.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _described(loss: BaseException) -> str:
    words = loss.args[0] if loss.args and isinstance(loss.args[0], bytes) else str(loss)
    return f"{type(loss).__name__}: {_words([words])}"


def _words(data: list[Any]) -> str:
    texts = (part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in data)
    return " ".join(" ".join(texts).split())[:300]
