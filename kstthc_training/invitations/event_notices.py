"""What invitees are told when the event is called off or moved: one letter to an address, whoever it stands for."""

from dataclasses import dataclass

from kstthc_training.invitations.event_wording import EVENT_TEXTS, PERSON
from kstthc_training.invitations.queries.concerned import Concerned, InvitedTo
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE
from kstthc_training.messages.texts.filling import LINK, locale_of, written
from kstthc_training.outbox.composing import LINK_MARK
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations.notices import PlaceAndTime, before_words, event_values
from kstthc_training.registrations.queries.addressees import EventFacts

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
    link_id = invitations[0].id if happened.kind == CHANGED and len(invitations) == 1 else None
    values = event_values(event, to.locale) | {
        "kinh_gui": _named(invitations, locale_of(to.locale)),
        "ly_do": happened.reason,
        "truoc_do": before_words(happened.before, to.locale),
        LINK: LINK_MARK if link_id else "",
    }
    said = written(EVENT_TEXTS[happened.kind], locale=to.locale, values=values, edited=event.texts)
    return Letter(
        kind=happened.kind,
        recipient=to.email,
        recipient_name=to.full_name,
        person_id=to.person_id,
        subject=said.subject,
        body=said.body,
        link_purpose=INVITATION_PURPOSE if link_id else None,
        link_id=link_id,
        event_id=event.event_id,
        locale=locale_of(to.locale),
        path=f"/hop/{event.code}",
    )


def _named(invitations: tuple[InvitedTo, ...], locale: str) -> str:
    return ", ".join(PERSON[locale].replace("{ho_ten}", each.name) if each.is_person else each.name for each in invitations)
