"""Wording letters anew and going back to the product's own words."""

import hashlib
import re
from datetime import datetime

from sqlalchemy import func, select

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.messages.texts.errors import MissingPlaceholder, NothingSaid, NothingToUndo, UnknownPlaceholder
from kstthc_training.messages.texts.filling import LINK, LetterText, Text
from kstthc_training.messages.texts.models import MessageText
from kstthc_training.messages.texts.queries import own_address
from kstthc_training.outbox.service import Letter, post_letter
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import administers
from kstthc_training.refusals import NotAllowed, Stale

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def word_letter(*, actor: Actor, letter: LetterText, locale: str, text: Text, version: int, now: datetime) -> None:
    """Let a letter read so in a language from now on; `version` is the one that was seen, 0 for the product's words.

    Raises `NotAllowed`, `Stale`, `NothingSaid`, `UnknownPlaceholder` and `MissingPlaceholder`.
    """
    require_sound(letter, text)
    _keep(actor, letter, locale, None if text == letter.words[locale] else text, version, now)
    record(
        actor=actor, action="text.changed", subject_type="text", subject_id=None, now=now, kind=letter.name, locale=locale
    )


def return_to_own(*, actor: Actor, letter: LetterText, locale: str, version: int, now: datetime) -> None:
    """Let a letter read as the product words it. Raises `NotAllowed`, `Stale`."""
    _keep(actor, letter, locale, None, version, now)
    record(
        actor=actor, action="text.returned", subject_type="text", subject_id=None, now=now, kind=letter.name, locale=locale
    )


def take_back(*, actor: Actor, letter: LetterText, locale: str, version: int, now: datetime) -> None:
    """Undo the version that was seen: the words before it hold again. Raises `NotAllowed`, `Stale`, `NothingToUndo`."""
    if version < 1:
        raise NothingToUndo(kind=letter.name)
    own = (MessageText.kind == letter.name) & (MessageText.locale == locale)
    before = db.session.scalar(select(MessageText).where(own, MessageText.version == version - 1))
    text = Text(before.subject or "", before.body) if before is not None and before.body is not None else None
    _keep(actor, letter, locale, text, version, now)
    record(actor=actor, action="text.undone", subject_type="text", subject_id=None, now=now, kind=letter.name, locale=locale)


def send_trial(*, actor: Actor, letter: LetterText, text: Text, now: datetime) -> str:
    """Send a letter with sample facts to whoever asks, straight by mail; the same words within a minute go once.

    The answer is the address. Raises `NotAllowed`.
    """
    if not administers(actor) or actor.account_id is None:
        raise NotAllowed(kind=letter.name)
    address = own_address(actor.account_id)
    mark = hashlib.sha256(f"{text.subject}\n{text.body}".encode()).hexdigest()[:16]
    trial = Letter(
        kind="text-trial", recipient=address, recipient_name=actor.display_name, person_id=actor.person_id,
        subject=text.subject, body=text.body,
    )  # fmt: skip
    post_letter(trial, key=f"text-trial:{actor.account_id}:{mark}:{now:%Y%m%d%H%M}", now=now)
    return address


def require_sound(letter: LetterText, text: Text) -> None:
    """Refuse a text that would not do: empty, with something in braces that means nothing here, or without what it needs."""
    if not text.subject or not text.body:
        raise NothingSaid(kind=letter.name)
    known = {f"{{{name}}}" for name in letter.placeholders}
    in_subject = known - {f"{{{LINK}}}"}
    for part, allowed in ((text.subject, in_subject), (text.body, known)):
        for found in _BRACES.findall(part):
            if found not in allowed:
                raise UnknownPlaceholder(written=found)
    missing = next((name for name in letter.needed if name not in text.placeholders), None)
    if missing is not None:
        raise MissingPlaceholder(missing=f"{{{missing}}}")


def _keep(actor: Actor, letter: LetterText, locale: str, text: Text | None, version: int, now: datetime) -> None:
    """Add the version after the one that was seen; the key of the table lets one of two do so."""
    if not administers(actor) or actor.account_id is None:
        raise NotAllowed(kind=letter.name)
    own = (MessageText.kind == letter.name) & (MessageText.locale == locale)
    latest = db.session.scalar(select(func.max(MessageText.version)).where(own)) or 0
    values = {
        "kind": letter.name, "locale": locale, "version": version + 1, "changed_at": now,
        "subject": text.subject if text else None, "body": text.body if text else None, "changed_by_id": actor.account_id,
    }  # fmt: skip
    added = None
    if latest == version:
        added = db.session.execute(added_once(MessageText, values).returning(MessageText.version)).scalar()
    if added is None:
        raise Stale(saved_version=latest)
