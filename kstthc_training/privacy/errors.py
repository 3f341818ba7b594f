"""What may not happen to personal data, as typed refusals."""

from kstthc_training.refusals import Refusal


class AlreadyAsked(Refusal):
    """The person has an open request already; it is due on `due_on`."""


class AlreadyAnswered(Refusal):
    """The request is not open any more: taken back, refused or done."""


class NeedsReason(Refusal):
    """Whoever is refused is told why."""


class AlreadyErased(Refusal):
    """Nothing is left of this person to erase."""


class OwnErasure(Refusal):
    """Nobody erases himself: another administrator does."""


class NotConfirmed(Refusal):
    """What was typed is not the word that confirms."""
