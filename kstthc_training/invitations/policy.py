"""Who may answer an invitation, and until when what may happen to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kstthc_training import clock
from kstthc_training.events.enums import EventState
from kstthc_training.invitations.enums import OverBecause
from kstthc_training.invitations.models import Invitation
from kstthc_training.messages.quiet import QuietHours, settled
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events, speaks_for
from kstthc_training.registrations.policy import Offered, has_begun

REMINDED_AT = time(8, 0)


@dataclass(frozen=True)
class Deadlines:
    """Until when the invitees of an event answer, how many days before those who have not are reminded, and whether the
    leaders of those that let it pass are told."""

    answer_by: datetime | None = None
    remind_days: tuple[int, ...] = (3, 0)
    version: int = 0
    tells_leaders: bool = False

    def of(self, invitation: Invitation) -> datetime | None:
        """Until when one invitee answers: his own deadline, else that of the event."""
        return invitation.answer_by or self.answer_by

    def reminders(self, deadline: datetime | None) -> list[datetime]:
        """When those who have not answered by a deadline are reminded: mornings before it, in order."""
        return mornings_before(deadline, self.remind_days) if deadline else []

    def reminded_at(
        self, deadlines: Iterable[datetime | None], *, quiet: QuietHours, now: datetime
    ) -> dict[datetime, datetime]:
        """Each of those mornings with the instant at which people are really reminded, out of quiet hours."""
        found: dict[datetime, datetime] = {}
        for deadline in deadlines:
            for at in self.reminders(deadline):
                assert deadline is not None  # noqa: S101 - without one there are no mornings
                due = settled(at, quiet=quiet.on_the_day(at, deadline), anchor=deadline, now=now)
                if due is not None:
                    found[at] = min(due, found.get(at, due))
        return found


def mornings_before(deadline: datetime, days: Iterable[int]) -> list[datetime]:
    """The mornings so many days before a deadline that come before it, in order."""
    wanted = (clock.local_date(deadline) - timedelta(days=before) for before in sorted(set(days), reverse=True))
    return [at for day in wanted if (at := clock.at_local(day, REMINDED_AT)) < deadline]


def may_answer(actor: Actor, invitation: Invitation) -> bool:
    """The focal point of the organisation invited, the person himself, and organizers, who note what they are told."""
    if invitation.organisation_id is not None:
        return speaks_for(actor, invitation.organisation_id) or runs_events(actor)
    return actor.person_id == invitation.person_id or runs_events(actor)


def may_invite(event: Offered, now: datetime) -> bool:
    """Whether people are invited to an event: a draft's letters go out when it is released; not once it began or ended."""
    return event.state not in (EventState.CANCELLED, EventState.CLOSED) and not has_begun(event, now)


def link_over(invitation: Invitation, event: Offered, now: datetime, *, ends_at: datetime) -> OverBecause | None:
    """Why the link of an invitation is dead: taken back, or the event was cancelled or is over; None while it lives."""
    if invitation.revoked_at is not None:
        return OverBecause.REVOKED
    if event.state is EventState.CANCELLED:
        return OverBecause.CANCELLED
    held = event.state is EventState.CLOSED or (event.state is EventState.RELEASED and now >= ends_at)
    return OverBecause.HELD if held else None


def held_until(event: Offered, names_until: datetime | None) -> datetime:
    """Until when places without a name are kept: the day names are due, at the latest the beginning of the event."""
    return min(names_until, event.starts_at) if names_until else event.starts_at


def days_in_order(days: Sequence[int]) -> tuple[int, ...]:
    """The days before a deadline on which people are reminded, each once, the longest before it first."""
    return tuple(sorted(set(days), reverse=True))
