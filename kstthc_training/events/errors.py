"""What may not be done with an event, each with the facts that a sentence about it needs."""

from kstthc_training.refusals import Refusal


class NoSession(Refusal):
    """An event has at least one session."""


class SessionEndsBeforeItStarts(Refusal):
    """`session` (counted from 1) does not end after it starts."""


class SessionsOverlap(Refusal):
    """Sessions `first` and `second` (counted from 1) share time; a person can't be marked in both."""


class SessionInUse(Refusal):
    """A session with `marks` marks, or of an event with `registrations` registrations, is not taken away."""


class AgendaItemEndsBeforeItStarts(Refusal):
    """Agenda item `item` (counted from 1) does not end after it starts."""


class AgendaItemOutside(Refusal):
    """Agenda item `item` (counted from 1) starts on a day without a session."""


class RegistrationClosesTooEarly(Refusal):
    """Registration would close before it opens."""


class OnlineAddressUnusable(Refusal):
    """`address` is no absolute http(s) address."""


class ContactMissing(Refusal):
    """An invitation names whom to ask, with a phone number (QĐ 45/2018/QĐ-TTg)."""


class VenueMissing(Refusal):
    """An invitation says where people meet (QĐ 45/2018/QĐ-TTg)."""


class ReasonMissing(Refusal):
    """People are told why an event is postponed or cancelled."""


class WrongState(Refusal):
    """The event is `state`, in which this can't be done."""


class AlreadyHeld(Refusal):
    """The event was held and closed: its sessions, its seats and the rule by which people attended stay as they were."""


class NewDatePast(Refusal):
    """The new date of a postponed event, `starts_at`, is not to come."""


class AlreadyBegan(Refusal):
    """The event began at `starts_at`; what has begun is not postponed."""


class VenueExists(Refusal):
    """There is a venue called `name` already."""
