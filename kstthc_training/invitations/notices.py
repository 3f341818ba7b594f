"""What invitees are told, each in his language, as plain text; words of people stand as they were given."""

from dataclasses import dataclass
from datetime import datetime

from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE
from kstthc_training.invitations.queries.recipients import Recipient
from kstthc_training.invitations.wording import LETTERS
from kstthc_training.messages.texts.filling import LINK, locale_of, written
from kstthc_training.outbox.composing import LINK_MARK
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations.notices import event_values, instant_words
from kstthc_training.registrations.queries.addressees import EventFacts

INVITATION, REMINDER, CHANGED, REVOKED, OVERDUE, NAMES = (
    "invitation", "invitation-reminder", "invitation-changed", "invitation-revoked", "invitation-overdue",
    "names-reminder",
)  # fmt: skip


_WITHOUT_LINK = (REVOKED, OVERDUE)


@dataclass(frozen=True)
class Asked:
    """An invitation as its letters tell it: whom, how many places (of the invitation, or those at stake), until when."""

    invitation: Invitation
    invitee: str
    deadline: datetime | None
    places: int | None = None

    @property
    def whom(self) -> str:
        """How the sentences differ: an organisation names people, a person comes."""
        return "organisation" if self.invitation.organisation_id is not None else "person"


def letter(kind: str, event: EventFacts, asked: Asked, to: Recipient, *, reason: str = "") -> Letter:
    """A letter about an invitation: the invitation itself, a reminder, a change, that it is taken back, that an
    organisation has not answered in time, for its leader, or that it owes names."""
    with_link = kind not in _WITHOUT_LINK
    values = event_values(event, to.locale) | {
        "don_vi" if asked.whom == "organisation" else "ho_ten": asked.invitee,
        "so_cho": str(asked.places or asked.invitation.places),
        "han": instant_words(asked.deadline) if asked.deadline else "",
        "ly_do": reason,
        LINK: LINK_MARK if with_link else "",
    }
    said = written(LETTERS[kind][asked.whom], locale=to.locale, values=values, edited=event.texts)
    return Letter(
        kind=kind,
        recipient=to.email,
        recipient_name=to.full_name,
        person_id=to.person_id,
        subject=said.subject,
        body=said.body,
        link_purpose=INVITATION_PURPOSE if with_link else None,
        link_id=asked.invitation.id if with_link else None,
        event_id=event.event_id,
        locale=locale_of(to.locale),
        path=_page_of(kind, event, asked),
        needed_by=asked.deadline,
    )


def _page_of(kind: str, event: EventFacts, asked: Asked) -> str:
    """Where the invitation is answered by whoever is signed in; of one taken back only the event is left."""
    body = asked.invitation.organisation_id
    return f"/hop/{event.code}" if body is None or kind == REVOKED else f"/don-vi/{body}/{event.code}"
