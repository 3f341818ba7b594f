"""Letters that carry an entry: the human letter of the same act, or one of their own."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kstthc_training.events.enums import EventMode
from kstthc_training.events.spans import when
from kstthc_training.messages.texts.filling import Edited, unmarked, written
from kstthc_training.outbox.service import Letter
from kstthc_training.scheduling.content import Facts, session_words
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.wording import LETTERS, POSTPONE, WORDS


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One calendar object on its way to one person, with what his letter says of it."""

    person_id: int
    event_id: int
    uid: str
    kind: str
    method: Method
    email: str
    full_name: str
    locale: str
    sequence: int
    stamped_at: datetime
    octets: bytes
    facts: Facts
    digest: str | None
    changes: str
    is_repeated: bool

    @property
    def key(self) -> str:
        """No object goes out twice as two letters."""
        return f"calendar:{self.person_id}:{self.uid}:{self.sequence}:{self.stamped_at:%Y%m%d%H%M%S}:{self.method}"


def carrying(letter: Letter, sending: Sending) -> Letter:
    """The human letter of the act with the object, and with the sentence that says what changed, before its close."""
    body = letter.body
    if sending.changes:
        said = unmarked(WORDS[sending.locale]["changes"] % sending.changes)
        before, gap, close = body.rpartition("\n\n")
        body = f"{before}{gap}{said}\n\n{close}" if gap else f"{body}\n\n{said}"
    return replace(letter, body=body, **_calendar(sending))


def own_letter(sending: Sending, *, office: str, edited: Edited) -> Letter:
    """The letter of an object that has no other to go along with."""
    said = written(LETTERS[sending.kind], locale=sending.locale, values=_values(sending, office), edited=edited)
    return Letter(
        kind=sending.kind,
        recipient=sending.email,
        recipient_name=sending.full_name,
        person_id=sending.person_id,
        subject=said.subject,
        body=said.body,
        event_id=sending.event_id,
        locale=sending.locale,
        **_calendar(sending),
    )


def _calendar(sending: Sending) -> dict[str, Any]:
    octets, method = sending.octets.decode(), sending.method.value
    return {"calendar": octets, "calendar_method": method, "calendar_uid": sending.uid}


def _values(sending: Sending, office: str) -> dict[str, str]:
    words, facts = WORDS[sending.locale], sending.facts
    starts, ends = datetime.fromisoformat(facts["starts"]), datetime.fromisoformat(facts["ends"])
    named = [facts["title"], session_words(facts, locale=sending.locale)]
    online = " ".join(filter(None, (words["online"], facts["online"]))) if facts["mode"] != EventMode.IN_PERSON else ""
    is_dated = sending.kind != POSTPONE
    return {
        "ho_ten": sending.full_name,
        "cuoc_hop": ", ".join(filter(None, named)),
        "thoi_gian": when(starts, ends, locale=sending.locale) if is_dated else words["undecided"],
        "dia_diem": "; ".join(filter(None, (facts["place"], online))) or words["undecided"],
        "thay_doi": sending.changes,
        "dau_moi": facts["contact"],
        "co_quan": office,
    }
