"""A letter as it goes over the line: the same bytes at every try."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from kstthc_training.clock import local
from kstthc_training.outbox.enums import KnownTrouble
from kstthc_training.outbox.errors import Deferred, Rejected
from kstthc_training.outbox.markup import LINK_MARK as LINK_MARK
from kstthc_training.outbox.markup import markup
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.wiring import Wiring
from kstthc_training.refusals import Refusal

FILE_NAME = "invite.ics"


@dataclass(frozen=True)
class Mail:
    """A letter ready for the line: from and to which address, and its octets, the same at every try."""

    sender: str
    recipient: str
    message_id: str
    octets: bytes

    @property
    def is_international(self) -> bool:
        """Whether an address holds letters beyond ASCII, which not every mail server knows (RFC 6531)."""
        return not (self.sender + self.recipient).isascii()


def compose(letter: Message, *, sender: str, wiring: Wiring) -> Mail:
    """The mail of a letter (RFC 5322): fixed Message-ID, date of writing, link derived anew; as text, as HTML, and with the
    calendar object last of the three, and once more as a file (RFC 6047, MS-OXCMAIL).

    What can never become a mail raises `Rejected`; a link whose derivation fails for another reason, `Deferred`.
    """
    if letter.body is None:
        raise Rejected(KnownTrouble.NO_BODY)
    link = link_address(letter, wiring)
    name = wiring.sender_name(letter.created_at)
    try:
        mail = _headed(letter, sender, name)
        mail.set_content(letter.body.replace(LINK_MARK, link), cte="base64")
        page = markup(letter.body, subject=letter.subject, link=link, locale=letter.locale)
        mail.add_alternative(page, subtype="html", cte="base64")
        _add_calendar(mail, letter)
        _fix_boundaries(mail, letter.message_id)
        return Mail(sender, mail["To"].addresses[0].addr_spec, letter.message_id, bytes(mail))
    except Exception as error:  # whatever the library raises on hostile values, it would raise again
        raise Rejected(f"{type(error).__name__}: {error}") from error


def link_address(letter: Message, wiring: Wiring) -> str:
    """The address that stands for the mark in a letter's body; the empty text when the letter bears none."""
    if not letter.link_purpose or letter.link_id is None:
        return ""
    derive = wiring.links.get(letter.link_purpose)
    if derive is None:
        raise Rejected(KnownTrouble.NO_LINK)
    try:
        return derive(letter.link_id)
    except Refusal as refusal:
        raise Rejected(KnownTrouble.NO_LINK) from refusal
    except Exception as error:
        raise Deferred(f"{type(error).__name__}: {error}") from error


def _headed(letter: Message, sender: str, sender_name: str) -> EmailMessage:
    written_out = SMTP if (sender + letter.recipient).isascii() else SMTPUTF8
    mail = EmailMessage(policy=written_out)
    mail["From"] = Address(display_name=sender_name, addr_spec=sender)
    mail["To"] = Address(display_name=letter.recipient_name, addr_spec=letter.recipient)
    mail["Subject"] = letter.subject
    mail["Date"] = _date(letter.created_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def _date(written: datetime) -> str:
    return format_datetime(local(written))


def _add_calendar(mail: EmailMessage, letter: Message) -> None:
    """As an alternative, which Outlook and Gmail act on, and as a file for the readers that only open attachments."""
    if not letter.calendar or not letter.calendar_method:
        return
    octets = letter.calendar.encode()
    params = {"method": letter.calendar_method, "charset": "UTF-8", "component": "VEVENT"}
    mail.add_alternative(octets, maintype="text", subtype="calendar", cte="base64", params=params)
    mail.add_attachment(octets, maintype="application", subtype="ics", filename=FILE_NAME)


def _fix_boundaries(mail: EmailMessage, message_id: str) -> None:
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"={hashlib.sha256(message_id.encode()).hexdigest()[:32]}.{number}")
