"""What somebody may do with an event now: one answer for its page, the agenda, the desk and the focal point."""

from dataclasses import dataclass
from datetime import datetime

from kstthc_training.refusals import Refusal
from kstthc_training.registrations.enums import GONE, RegistrationSource, RegistrationState
from kstthc_training.registrations.policy import Belonging, Offered, Rules, decides_first, has_begun, obstacle
from kstthc_training.registrations.queries.seats import SeatCount


@dataclass(frozen=True)
class Offer:
    """What is open to somebody; `own` is how he stands (None: not registered), `refusal` what keeps him from registering;
    `decides_first` when the organizer decides before there is a seat or a number."""

    own: RegistrationState | None
    seats: SeatCount
    refusal: Refusal | None
    has_begun: bool
    decides_first: bool = False

    @property
    def may_enter(self) -> bool:
        """Whether he may register: with a seat, or into the queue."""
        return self.own is None and self.refusal is None

    @property
    def would_wait(self) -> bool:
        """Whether registering now means to wait for a seat."""
        return self.seats.is_full and not self.decides_first

    @property
    def may_cancel(self) -> bool:
        """Whether he may take his registration back."""
        return self.own is not None and self.own not in GONE and not self.has_begun


def offer_to(
    belonging: Belonging | None,
    event: Offered,
    *,
    seats: SeatCount,
    own: RegistrationState | None = None,
    rules: Rules | None = None,
    now: datetime,
) -> Offer:
    """What an event offers to somebody who belongs there, or to an organizer when `belonging` is None; without its rules
    it takes people in as is usual."""
    standing = None if own is RegistrationState.CANCELLED else own
    decides = decides_first(rules or Rules(), RegistrationSource.SELF)
    return Offer(standing, seats, obstacle(event, belonging, now), has_begun(event, now), decides)
