"""What invitees are told, each in his language, as plain text; words of people stand as they were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kstthc_training import clock
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE
from kstthc_training.invitations.queries.recipients import Recipient
from kstthc_training.invitations.wording import WORDS
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations.notices import LINK, when, where
from kstthc_training.registrations.queries.addressees import EventFacts

INVITATION, REMINDER, CHANGED, REVOKED, OVERDUE = (
    "invitation", "invitation-reminder", "invitation-changed", "invitation-revoked", "invitation-overdue",
)  # fmt: skip


_WITHOUT_LINK = (REVOKED, OVERDUE)


@dataclass(frozen=True)
class Asked:
    """An invitation as its letters tell it: whom, how many places, until when."""

    invitation: Invitation
    invitee: str
    deadline: datetime | None

    @property
    def whom(self) -> str:
        """How the sentences differ: an organisation names people, a person comes."""
        return "organisation" if self.invitation.organisation_id is not None else "person"


def letter(kind: str, event: EventFacts, asked: Asked, to: Recipient, *, reason: str = "") -> Letter:
    """A letter about an invitation: the invitation itself, a reminder, a change, that it is taken back, or that an
    organisation has not answered in time, for its leader."""
    locale = to.locale if to.locale in WORDS else "vi"
    words, values = WORDS[locale], _values(event, asked, locale, reason)
    parts = [
        "to-leader" if kind == OVERDUE else f"to-{asked.whom}",
        f"{kind}-{asked.whom}",
        "event",
        *_details(kind, asked, reason),
    ]
    parts += ["recording"] if kind == INVITATION else []
    parts += ["contact"] if event.contact else []
    return Letter(
        kind=kind,
        recipient=to.email,
        recipient_name=to.full_name,
        person_id=to.person_id,
        subject=words[f"subject-{kind}"] % values,
        body="\n\n".join(words[part] % values for part in [*parts, "office"]),
        link_purpose=None if kind in _WITHOUT_LINK else INVITATION_PURPOSE,
        link_id=None if kind in _WITHOUT_LINK else asked.invitation.id,
        event_id=event.event_id,
    )


def _details(kind: str, asked: Asked, reason: str) -> Sequence[str]:
    if kind == REVOKED:
        return ["reason"] if reason else []
    if kind == OVERDUE:
        return ["places", "was-due", "ask-office"]
    details = ["places"] if asked.whom == "organisation" else []
    details += ["deadline"] if asked.deadline else []
    return [*details, f"answer-{asked.whom}"]


def _values(event: EventFacts, asked: Asked, locale: str, reason: str) -> dict[str, str]:
    values = {
        "invitee": asked.invitee,
        "title": event.title,
        "when": when(event.starts_at, event.ends_at, locale=locale),
        "where": where(event, locale=locale),
        "places": str(asked.invitation.places),
        "deadline": f"{clock.local(asked.deadline):%H:%M %d/%m/%Y}" if asked.deadline else "",
        "reason": reason,
        "contact": event.contact,
        "office": event.office,
    }
    # Only our own mark stands for the link when the letter is sent.
    return {name: value.replace("{{", "{ {") for name, value in values.items()} | {"link": LINK}
