"""How an entry stands for its reader: a tag, and the one thing to do."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kstthc_training.agenda.queries import Entry
from kstthc_training.attendance.rules import OPENS_BEFORE
from kstthc_training.events.enums import EventState
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.events.words import Tag, invited_words, place_words, standing_tag
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.offer import Offer, offer_to
from kstthc_training.registrations.policy import Belonging, is_open
from kstthc_training.registrations.words import Registrable, enter_words, event_tag, seats_left_words, state_tag
from kstthc_training.web.locale import short_day


@dataclass(frozen=True)
class Action:
    """The one button of a row."""

    label: str
    href: str
    filled: bool = False


@dataclass(frozen=True)
class Reader:
    """Who reads, and where he belongs, which decides to which events he is invited."""

    actor: Actor
    belonging: Belonging


@dataclass(frozen=True)
class Shown:
    """An entry with its words: the tag, the action, and the small line below the title."""

    entry: Entry
    tag: Tag | None
    action: Action | None
    place: str
    notes: tuple[str, ...]
    struck: bool


def shown(entry: Entry, *, reader: Reader, now: datetime) -> Shown:
    """An entry as its reader sees it."""
    event = _Whole(entry)
    standing = standing_of(event, now)
    offer = offer_to(reader.belonging, event, seats=entry.seats, own=entry.mine, now=now)
    return Shown(
        entry=entry,
        tag=_tag(entry, event, now),
        action=_action(entry, offer, standing, reader, now),
        place=place_words(entry.mode, entry.venue),
        notes=_notes(entry),
        struck=standing in (Standing.CANCELLED, Standing.POSTPONED),
    )


class _Whole:
    """An entry's event as something that stands in time and offers seats; the entry itself is one of its sessions."""

    def __init__(self, entry: Entry) -> None:
        self.state, self.starts_at, self.ends_at = entry.state, entry.event_starts_at, entry.event_ends_at
        self.registration_opens_at, self.registration_closes_at = entry.registration_opens_at, entry.registration_closes_at
        self.audience, self.host_id = entry.audience, entry.host_id


def _tag(entry: Entry, event: Registrable, now: datetime) -> Tag | None:
    standing = standing_of(event, now)
    if standing is not Standing.UPCOMING:
        return standing_tag(standing)
    if entry.mine is not None:
        return state_tag(entry.mine)
    if not is_open(event, now):
        return None
    tag = event_tag(event, entry.seats, now)
    if entry.seats.free:
        return Tag(seats_left_words(entry.seats) + _deadline(entry), tag.tone)
    return tag


def _deadline(entry: Entry) -> str:
    closes_at = entry.registration_closes_at
    return _(" · hạn %(day)s", day=short_day(closes_at)) if closes_at else ""


def _action(entry: Entry, offer: Offer, standing: Standing, reader: Reader, now: datetime) -> Action | None:
    if runs_events(reader.actor):
        return _organizer_action(entry, standing, now)
    if offer.may_cancel:
        return Action(_("Vé của tôi"), url_for("agenda.mine"))
    if not offer.may_enter:
        return None
    return Action(enter_words(offer), url_for("registrations.confirm", code=entry.code))


def _organizer_action(entry: Entry, standing: Standing, now: datetime) -> Action | None:
    if standing is Standing.DRAFT:
        return Action(_("Hoàn thiện"), url_for("desk.edit", code=entry.code))
    soon = standing is Standing.UPCOMING and now >= entry.event_starts_at - OPENS_BEFORE
    if standing is Standing.RUNNING or soon:
        return Action(_("Điểm danh"), url_for("desk.roster", code=entry.code), filled=True)
    if standing is Standing.OVER:
        return Action(_("Chốt điểm danh"), url_for("desk.roster", code=entry.code))
    return None


def _notes(entry: Entry) -> tuple[str, ...]:
    notes = [invited_words(entry.audience)]
    if entry.sessions > 1:
        notes.append(_("Buổi %(n)s trên %(all)s", n=entry.position + 1, all=entry.sessions))
    if entry.audience_note:
        notes.append(entry.audience_note)
    if entry.state in (EventState.POSTPONED, EventState.CANCELLED) and entry.state_reason:
        notes.append(entry.state_reason)
    return tuple(note for note in notes if note)
