"""Why a mark, a closing or a reopening is refused."""

from kstthc_training.refusals import Refusal


class TooEarly(Refusal):
    """The session's sheet opens at `opens_at` only; an excuse may be noted before."""


class SheetClosed(Refusal):
    """The session was closed; it must be reopened, with a reason, before anything is marked."""


class SheetOpen(Refusal):
    """There is nothing to reopen: the session is not closed."""


class NotExpected(Refusal):
    """The person has no confirmed registration for the event of this session; `state` is what there is instead."""


class NotTakingPlace(Refusal):
    """The event is a draft, postponed or cancelled (`state`): nobody is marked."""


class ReasonMissing(Refusal):
    """A closed session reopens only with a reason."""
