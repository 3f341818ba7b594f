"""What invitees are told when the event is called off or moved: one letter to an address, whoever it stands for."""

from dataclasses import dataclass

from kstthc_training.invitations.event_wording import WORDS
from kstthc_training.invitations.queries.concerned import Concerned, InvitedTo
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations.notices import LINK, PlaceAndTime, when, where
from kstthc_training.registrations.queries.addressees import EventFacts
from kstthc_training.registrations.wording import WORDS as EVENT_WORDS

CANCELLED, POSTPONED, CHANGED = "event-cancelled", "event-postponed", "event-changed"


@dataclass(frozen=True)
class Happened:
    """What became of the event: cancelled, postponed or changed, why, and when and where it was to be."""

    kind: str
    reason: str = ""
    before: PlaceAndTime | None = None


def event_letter(event: EventFacts, happened: Happened, concerned: Concerned) -> Letter:
    """What became of the event, to one address; with the link where it stands for one invitation that is still good."""
    to, invitations = concerned
    locale = to.locale if to.locale in WORDS else "vi"
    words = EVENT_WORDS[locale] | WORDS[locale]
    link_id = invitations[0].id if happened.kind == CHANGED and len(invitations) == 1 else None
    values = _values(event, happened, invitations, locale)
    return Letter(
        kind=happened.kind,
        recipient=to.email,
        recipient_name=to.full_name,
        person_id=to.person_id,
        subject=words[f"subject-{happened.kind}"] % values,
        body="\n\n".join(words[part] % values for part in _parts(event, happened, with_link=link_id is not None)),
        link_purpose=INVITATION_PURPOSE if link_id else None,
        link_id=link_id,
        event_id=event.event_id,
    )


def _parts(event: EventFacts, happened: Happened, *, with_link: bool) -> list[str]:
    parts = ["to", happened.kind, "event-without-time" if happened.kind == POSTPONED else "event"]
    parts += ["before"] if happened.before else []
    parts += ["reason"] if happened.reason else []
    parts += ["answer"] if with_link else []
    return [*parts, *(["contact"] if event.contact else []), "office"]


def _values(event: EventFacts, happened: Happened, invitations: tuple[InvitedTo, ...], locale: str) -> dict[str, str]:
    words, before = WORDS[locale], happened.before
    names = [words["person"] % {"name": each.name} if each.is_person else each.name for each in invitations]
    values = {
        "invitees": ", ".join(names),
        "title": event.title,
        "when": when(event.starts_at, event.ends_at, locale=locale),
        "where": where(event, locale=locale),
        "reason": happened.reason,
        "contact": event.contact,
        "office": event.office,
        "when_before": when(before.starts_at, before.ends_at, locale=locale) if before else "",
        "where_before": (before.venue or EVENT_WORDS[locale]["undecided"]) if before else "",
    }
    # Only our own mark stands for the link when the letter is sent.
    return {name: value.replace("{{", "{ {") for name, value in values.items()} | {"link": LINK}
