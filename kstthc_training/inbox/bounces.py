"""What became of a letter of ours, as mail servers report it: by RFC 3464, and as Exim, qmail and others write it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from kstthc_training.inbox.enums import DeliveryAction
from kstthc_training.inbox.headers import addresses_in, decoded, raw_field
from kstthc_training.inbox.parts import parts_of, text_of
from kstthc_training.inbox.reading import Mail, message_ids
from kstthc_training.text import clean_line

_ACTIONS = {
    "failed": DeliveryAction.FAILED,
    "delayed": DeliveryAction.DELAYED,
    "delivered": DeliveryAction.DELIVERED,
    "relayed": DeliveryAction.DELIVERED,
    "expanded": DeliveryAction.DELIVERED,
}
_WORST_FIRST = (DeliveryAction.FAILED, DeliveryAction.DELAYED, DeliveryAction.DELIVERED)
_QMAIL = re.compile(r"^(?:Hi\. )?This is the qmail-send program", re.IGNORECASE | re.MULTILINE)
_QMAIL_SAID = re.compile(r"^<([^<>\s]+)>:[ \t]*\n(.+?)(?:\n[ \t]*\n|\Z)", re.MULTILINE | re.DOTALL)
_QUOTED_NAME = re.compile(r"^[> \t]*Message-ID:[ \t]*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_FAILED = re.compile(r"\b(5\d\d[ -]|#?5\.\d{1,3}\.\d{1,3}\b)")
_POSTMASTERS = ("mailer-daemon", "postmaster", "mail-daemon", "maildaemon")
_LONGEST_SAID = 300


@dataclass(frozen=True)
class Report:
    """What a mail server reports: the letters that it may mean, the likeliest first, whom it did not reach, and why."""

    action: DeliveryAction
    message_ids: tuple[str, ...]
    recipient: str = ""
    reason: str = ""


def report_of(mail: Mail) -> Report | None:
    """The report that a letter is; None for one that is none."""
    return _standard(mail) or _named_in_header(mail) or _in_words(mail)


def _standard(mail: Mail) -> Report | None:
    """A report by RFC 3464: the worst that befell a recipient is what befell the letter."""
    status = next((part for part in parts_of(mail.message) if _is_status(part)), None)
    if status is None:
        return None
    found = [(action, group) for group in _groups(status) if (action := _action(group)) is not None]
    for wanted in _WORST_FIRST:
        for action, group in found:
            if action is wanted:
                return Report(action, _letters_meant(mail), _recipient(group), _said(group))
    return None


def _named_in_header(mail: Mail) -> Report | None:
    """A report of Exim or Gmail, which name in the header whom a letter did not reach."""
    failed = addresses_in(mail.message, "X-Failed-Recipients")
    if not failed:
        return None
    return Report(DeliveryAction.FAILED, _letters_meant(mail), clean_line(failed[0][1]), _first_failure(mail))


def _in_words(mail: Mail) -> Report | None:
    """A report in words alone: of qmail by its opening, of others by their sender, a code of failure and a quoted letter."""
    text = _all_text(mail)
    if _QMAIL.search(text):
        said = _QMAIL_SAID.search(text)
        recipient, reason = said.groups() if said else ("", "")
        return Report(DeliveryAction.FAILED, _letters_meant(mail), clean_line(recipient), _short(reason))
    is_server = mail.sender.lower().partition("@")[0] in _POSTMASTERS
    letters = _letters_meant(mail)
    if is_server and letters and (reason := _first_failure(mail)):
        return Report(DeliveryAction.FAILED, letters, "", reason)
    return None


def _is_status(part: Message) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def _groups(status: Message) -> Iterator[Message]:
    """The blocks of a report, one for each recipient; some servers encode them, which the parser leaves alone."""
    payload = status.get_payload()
    if isinstance(payload, list) and any(raw_field(each, "Action") for each in payload if isinstance(each, Message)):
        yield from (each for each in payload if isinstance(each, Message))
        return
    for block in re.split(r"\n[ \t]*\n", _status_text(status).replace("\r\n", "\n")):
        group = Message()
        for line in re.sub(r"\n[ \t]+", " ", block).split("\n"):
            name, colon, value = line.partition(":")
            if colon and name.strip():
                group[name.strip()] = value.strip()
        yield group


def _status_text(status: Message) -> str:
    payload = status.get_payload()
    if isinstance(payload, list):
        payload = "\n\n".join(str(each.get_payload()) for each in payload if isinstance(each, Message))
    holder = Message()
    holder.set_payload(str(payload))
    if encoding := raw_field(status, "Content-Transfer-Encoding"):
        holder["Content-Transfer-Encoding"] = encoding
    return text_of(holder)


def _action(group: Message) -> DeliveryAction | None:
    word = raw_field(group, "Action").strip().lower().partition(" ")[0]
    return _ACTIONS.get(word)


def _recipient(group: Message) -> str:
    given = raw_field(group, "Original-Recipient") or raw_field(group, "Final-Recipient")
    return clean_line(given.partition(";")[2] or given).strip("<>")[:254]


def _said(group: Message) -> str:
    diagnostic = decoded(raw_field(group, "Diagnostic-Code"))
    return _short(diagnostic.partition(";")[2] or diagnostic or raw_field(group, "Status"))


def _letters_meant(mail: Mail) -> tuple[str, ...]:
    """The letter returned with the report, else one quoted in it, else the one that it answers."""
    returned = [name for part in parts_of(mail.message) for name in _names_in(part)]
    quoted = _QUOTED_NAME.findall(_all_text(mail))
    return tuple(dict.fromkeys((*returned, *quoted, *mail.answers)))[:10]


def _names_in(part: Message) -> Iterator[str]:
    kind, payload = part.get_content_type(), part.get_payload()
    if kind in ("message/rfc822", "message/global") and isinstance(payload, list):
        yield from (name for each in payload if isinstance(each, Message) for name in _name(each))
    elif kind in ("text/rfc822-headers", "message/rfc822", "message/global-headers", "message/rfc822-headers"):
        yield from _QUOTED_NAME.findall(text_of(part))


def _name(letter: Message) -> list[str]:
    return [each for each in message_ids(raw_field(letter, "Message-ID")) if each]


def _all_text(mail: Mail) -> str:
    texts = (text_of(part) for part in parts_of(mail.message) if part.get_content_maintype() == "text")
    return "\n\n".join(texts).replace("\r\n", "\n")[:200_000]


def _first_failure(mail: Mail) -> str:
    for line in _all_text(mail).split("\n"):
        if _FAILED.search(line):
            return _short(line)
    return ""


def _short(words: str) -> str:
    return clean_line(words)[:_LONGEST_SAID]
