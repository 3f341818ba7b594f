"""Letters that come in, as the programs of other people write them."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, formataddr

from flask import current_app

from kstthc_training.clock import ZONE
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.scheduling.models import CalendarSending

_HOST = "mx.mau.example"
_REPORT = """From: Mail Delivery System <MAILER-DAEMON@{host}>
To: {ours}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <{mark}.B1A2C3@{host}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{mark}"

--{mark}
Content-Type: text/plain; charset=us-ascii

<{recipient}>: host {host} said: {said} (in reply to RCPT TO command)

--{mark}
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Remote-MTA: dns; {host}
Diagnostic-Code: smtp; {said}

--{mark}
Content-Type: text/rfc822-headers

Message-ID: {name}
To: {recipient}

--{mark}--
"""
_UNFOLDED = default.clone(max_line_length=998)  # the package loses spaces where it folds
_STAMP, _LOCAL = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S"


def letter_of(
    person: Person, subject: str, text: str, *, at: datetime, about: Message | None = None, automatic: bool = False
) -> bytes:
    """What somebody writes, or his program while he is away, perhaps about a letter of ours."""
    mail = _headed(person, subject, at)
    if about is not None:
        mail["In-Reply-To"] = about.message_id
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    return mail.as_bytes()


def answer_of(
    person: Person, sending: CalendarSending, partstat: str, *, title: str, at: datetime, sequence: int, comment: str = "",
    other: tuple[datetime, datetime] | None = None,
) -> bytes:  # fmt: skip
    """How a calendar program answers an entry (RFC 5546, 3.2.3), or proposes an `other` time (3.2.7)."""
    method = "COUNTER" if other else "REPLY"
    mail = _headed(person, f"{_WORDS[method, partstat]}: {title}", at)
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "VERSION:2.0", f"METHOD:{method}",
        "BEGIN:VEVENT", f"UID:{sending.uid}", f"SEQUENCE:{sequence}", f"DTSTAMP:{at.astimezone(UTC):{_STAMP}}",
        f"ORGANIZER:mailto:{sending.organizer}", f"ATTENDEE;PARTSTAT={partstat}:mailto:{sending.email}",
        *([f"COMMENT:{comment}"] if comment else []), *(_times(*other) if other else []),
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    mail.set_content("\r\n".join(lines), subtype="calendar", params={"method": method})
    return mail.as_bytes()


_WORDS = {
    ("REPLY", "ACCEPTED"): "Chấp nhận",
    ("REPLY", "TENTATIVE"): "Có thể dự",
    ("REPLY", "DECLINED"): "Từ chối",
    ("COUNTER", "TENTATIVE"): "Đề nghị giờ khác",
}


def report_on(letter: Message, *, said: str, at: datetime) -> bytes:
    """How a mail server reports that a letter of ours could not be delivered (RFC 3464)."""
    return _REPORT.format(
        mark=f"{at:{_LOCAL}}", date=format_datetime(at.astimezone(ZONE)), host=_HOST, said=said, status=said.split()[1],
        ours=current_app.config["SETTINGS"].mail_from, recipient=letter.recipient, name=letter.message_id,
    ).encode()  # fmt: skip


def _headed(person: Person, subject: str, at: datetime) -> EmailMessage:
    mail = EmailMessage(_UNFOLDED)
    mail["From"] = formataddr((person.full_name, person.email), charset="utf-8")
    mail["To"], mail["Subject"] = current_app.config["SETTINGS"].mail_from, subject
    mail["Date"], mail["Message-ID"] = format_datetime(at.astimezone(ZONE)), f"<{at:{_LOCAL}}.{person.id}@mau.example>"
    return mail


def _times(starts_at: datetime, ends_at: datetime) -> list[str]:
    return [f"DTSTART:{starts_at.astimezone(UTC):{_STAMP}}", f"DTEND:{ends_at.astimezone(UTC):{_STAMP}}"]
