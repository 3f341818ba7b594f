"""The digest, in its reader's language, as plain text; words of people stand as they were given."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from kstthc_training import clock
from kstthc_training.invitations.queries import OwnInvitation
from kstthc_training.messages.addresses import CHOICES_PATH, page_address
from kstthc_training.messages.models import Notice
from kstthc_training.messages.texts.filling import locale_of, unmarked
from kstthc_training.nominations.wording import WORDS
from kstthc_training.outbox.service import Letter
from kstthc_training.people.queries import Profile

MOST_TOLD = 50
ALL_PATH = "/thong-bao"


class Waiting(NamedTuple):
    """What an organisation still owes to an invitation: an answer, or names for places; and until when."""

    organisation_id: int
    organisation: str
    asked: OwnInvitation
    until: datetime | None
    unnamed: int


def digest(
    reader: Profile, notices: Sequence[Notice], *, events: Mapping[int, str], waiting: Sequence[Waiting], day: date,
    office: str,
) -> Letter:  # fmt: skip
    """One letter: what is new, event by event, and what waits, each with the page where it is done."""
    locale = locale_of(reader.account.locale)
    words = WORDS[locale]
    told = {"count": len(notices), "waiting": len(waiting), "day": f"{day:%d/%m/%Y}", "name": reader.person.full_name}
    parts = [words["greeting"] % told, words["new"] % told, *_new(notices, events, words)]
    parts += _what_waits(waiting, words)
    ends = {"all": page_address(ALL_PATH), "choices": page_address(CHOICES_PATH), "office": office}
    body = "\n\n".join([*parts, words["ways"] % ends, words["office"] % ends])
    return Letter(
        kind="digest",
        recipient=reader.person.email or reader.account.login,
        recipient_name=reader.person.full_name,
        person_id=reader.person.id,
        subject=words["subject-waiting" if waiting else "subject"] % told,
        body=unmarked(body),  # no mark for a link, whatever people wrote
        locale=locale,
    )


def _new(notices: Sequence[Notice], events: Mapping[int, str], words: Mapping[str, str]) -> Iterator[str]:
    """A paragraph an event, in the order of what is told first; what is of none comes last."""
    about: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices[:MOST_TOLD]:
        about[events.get(notice.event_id or 0, "")].append(notice)
    for title in sorted(about, key=lambda title: not title):
        lines = [f"- {notice.subject} ({_instant(notice.created_at)})\n  {_page_of(notice)}" for notice in about[title]]
        yield "\n".join([title, *lines] if title else lines)
    if len(notices) > MOST_TOLD:
        yield words["more"] % {"count": len(notices) - MOST_TOLD}


def _what_waits(waiting: Sequence[Waiting], words: Mapping[str, str]) -> Iterator[str]:
    bodies: dict[str, list[Waiting]] = defaultdict(list)
    for each in waiting:
        bodies[each.organisation].append(each)
    for name, owed in bodies.items():
        yield "\n".join([words["waits"] % {"organisation": name}, *(_owed(each, words) for each in owed)])


def _owed(each: Waiting, words: Mapping[str, str]) -> str:
    what = words["names"] % {"count": each.unnamed} if each.unnamed else words["answer"]
    until = words["until"] % {"at": _instant(each.until)} if each.until else ""
    return f"- {each.asked.title}: {what}{until}\n  {page_address(f'/don-vi/{each.organisation_id}/{each.asked.code}')}"


def _page_of(notice: Notice) -> str:
    return page_address(notice.path or ALL_PATH)


def _instant(at: datetime) -> str:
    return f"{clock.local(at):%H:%M %d/%m/%Y}"
