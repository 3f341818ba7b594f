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


class PapersWanted(Refusal):
    """The event asks journalists for their press card or letter of introduction, and none was given."""


class GuestsNotTaken(Refusal):
    """The event takes no guests without an account, or no more."""


class OfferOver(Refusal):
    """There is no offer to take any more: it ended, or was answered; `state` says how the registration stands."""


class NotPending(Refusal):
    """The registration does not wait for a decision; `state` says how it stands."""


class SwapsOver(Refusal):
    """People named could be exchanged until `until`."""


class NothingToSwap(Refusal):
    """Only somebody who is admitted, waits or awaits the decision is replaced; `state` says how he stands."""


class SameOrganisation(Refusal):
    """A substitute comes from the organisation of the one whom he replaces."""


class SeveralNamed(Refusal):
    """The organisation has several people (`count`) of a name (`full_name`), and nothing typed tells which is meant."""


class AlreadyRegistered(Refusal):
    """The substitute is registered for the event himself."""


class TooFewSeats(Refusal):
    """There are not as many seats as wanted; `wanted` and `free` are figures."""


class LimitBelowTaken(Refusal):
    """A limit (`kind`, `subject`) cannot be lower (`capacity`) than what is taken (`taken`)."""


class NotAllocated(Refusal):
    """The event takes people in otherwise than by one decision over all who applied; `admission` says how."""


class StillOpen(Refusal):
    """People may still apply until `closes_at`: the decision comes after."""


class ApplicantsChanged(Refusal):
    """Somebody applied or withdrew, or seats changed, since the allocation was looked at."""


class NobodyApplied(Refusal):
    """There is nobody to be given a seat or put in the queue."""


class NeedsReason(Refusal):
    """Whom the organizer pins or puts last is told from the others by a reason."""


class ConditionBroken(Refusal):
    """A question (`label`) comes up after a choice of an earlier question: there is no such choice before it."""


class QuestionAnswered(Refusal):
    """A question (`label`) that was answered keeps its kind and its choices, and stays."""


class AnswerMissing(Refusal):
    """Some questions (`question_ids`) must be answered."""


class AnswersSettled(Refusal):
    """Answers could be changed until `until`, or the registration is on the list no more."""


class AnswerFileRefused(Refusal):
    """The file answered to a question (`question_id`) is not taken; `why` is the refusal of it."""


class AnswerUnsound(Refusal):
    """Some answers (to `question_ids`) are not of the kind that is asked for."""


class TooManyViews(Refusal):
    """An account keeps at most `most` ways to look at the list."""
