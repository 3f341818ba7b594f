"""Why a registration, a cancellation or a number of seats is refused; facts are instants, states and figures."""

from kstthc_training.refusals import Refusal


class NotOffered(Refusal):
    """Nobody can register: the event is a draft, postponed, cancelled or held; `state` says which."""


class NotInvited(Refusal):
    """The event is for others than the one who would come; `audience` says for whom."""


class NotOpenYet(Refusal):
    """Registration opens at `opens_at`."""


class ClosedAlready(Refusal):
    """Registration closed at `closed_at`."""


class AlreadyBegun(Refusal):
    """The event began at `began_at`; who comes now is registered at the door."""


class AlreadyHeld(Refusal):
    """The event was held and closed: who was registered stays so."""


class SeatsSettled(Refusal):
    """The number of seats of an event that was cancelled or held stays; `state` says which."""


class BelowTaken(Refusal):
    """There cannot be fewer seats (`capacity`) than are taken (`taken`)."""


class NobodyNamed(Refusal):
    """A nomination names at least one person."""


class TakenBack(Refusal):
    """The registration was cancelled: its ticket opens nothing."""
