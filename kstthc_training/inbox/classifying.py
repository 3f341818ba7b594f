"""What a letter is: a report about one of ours, an answer of a calendar program, a machine's letter, or somebody's words."""

import logging
import re
from dataclasses import dataclass
from email.message import Message

from kstthc_training.inbox.automatic import sign_of_machine
from kstthc_training.inbox.bounces import Report, report_of
from kstthc_training.inbox.enums import DeliveryAction, MailKind
from kstthc_training.inbox.parts import name_of, octets_of, parts_of, text_of
from kstthc_training.inbox.reading import Mail

log = logging.getLogger(__name__)

_REPORTED = {
    DeliveryAction.FAILED: MailKind.BOUNCE,
    DeliveryAction.DELAYED: MailKind.DELAYED,
    DeliveryAction.DELIVERED: MailKind.DELIVERED,
}
_METHOD = re.compile(r"^METHOD(?:;[^:\r\n]*)?:[ \t]*([A-Za-z-]+)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_ANSWERS = {"REPLY", "COUNTER", "REFRESH"}
_ASKS = {"REQUEST", "PUBLISH", "ADD", "CANCEL"}
_CALENDAR_TYPES = {"text/calendar", "application/ics", "text/x-vcalendar"}
_WINMAIL_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}


@dataclass(frozen=True)
class Classified:
    """What a letter is; `report` of one about a letter of ours, `calendar` what a calendar program wrote, `sign` how a
    machine shows, which calendar programs do as well."""

    kind: MailKind
    sign: str = ""
    report: Report | None = None
    calendar: str = ""
    asks_us: bool = False
    in_winmail: bool = False


def classify(mail: Mail) -> Classified:
    """What a letter is, by its header and its parts alone."""
    if report := report_of(mail):
        return Classified(_REPORTED[report.action], sign="report", report=report)
    sign = sign_of_machine(mail)
    calendars = _calendars(mail)
    if answer := next((text for method, text in calendars if method in _ANSWERS), ""):
        return Classified(MailKind.CALENDAR, sign=sign, calendar=answer)
    if sign:
        return Classified(MailKind.AUTOMATIC, sign=sign)
    asks_us = any(method in _ASKS for method, _text in calendars)
    return Classified(MailKind.ORDINARY, asks_us=asks_us, in_winmail=_has_winmail(mail))


def _calendars(mail: Mail) -> list[tuple[str, str]]:
    """The calendar objects that a letter itself carries, by method; what stands in a letter brought along is not its own."""
    found = []
    for part in parts_of(mail.message):
        if _is_calendar(part) and (method := _METHOD.search(text := text_of(part))):
            found.append((method[1].upper(), text))
    return found


def _is_calendar(part: Message) -> bool:
    return part.get_content_type() in _CALENDAR_TYPES or name_of(part).lower().endswith(".ics")


def _has_winmail(mail: Mail) -> bool:
    """Whether Outlook wrapped what it has to say in a form of its own."""
    kinds = {part.get_content_type() for part in parts_of(mail.message) if octets_of(part)}
    return not kinds.isdisjoint(_WINMAIL_TYPES)


def classified(mail: Mail) -> Classified:
    """The same for any letter whatever: one that breaks a reader is somebody's words, which people look at."""
    try:
        return classify(mail)
    except Exception:  # the parser's own faults on hostile letters; one of them must not stop those behind it
        log.warning("a letter could not be told what it is: %s", mail.digest)
        return Classified(MailKind.ORDINARY)
