"""Why an invitation, a change of it or an answer to it is refused; facts are instants, states and figures."""

from kstthc_training.refusals import Refusal


class NobodyChosen(Refusal):
    """Nobody was chosen to be invited, reminded or told."""


class InvitingOver(Refusal):
    """Nobody is invited any more: the event was cancelled or held, or it goes on; `state` says how it stands."""


class BelowNamed(Refusal):
    """An invitee (`name`) cannot have fewer places (`places`) than people named (`named`)."""


class LateDeadline(Refusal):
    """Answers are due before the event begins, at `starts_at`."""


class AnswerOver(Refusal):
    """Answers were due by `until`; organizers alone take later ones."""


class MorePlaces(Refusal):
    """The invitation is for `places` places; `named` are named already."""


class StillNamed(Refusal):
    """Whoever named people takes them back before saying that nobody comes; `named` is how many there are."""


class Revoked(Refusal):
    """The invitation was taken back."""


class LinkOver(Refusal):
    """The link of an invitation opens nothing any more; `why` is an `OverBecause`."""


class GroupKnown(Refusal):
    """There is a group of this `name` already."""
