"""How reading a mailbox can go wrong, and what may not be done with a letter."""

from kstthc_training.refusals import Refusal


class BoxLost(Exception):
    """The mailbox cannot be read at present; the text is what people who run events read."""


class AlreadySettled(Refusal):
    """Somebody else settled the letter meanwhile; it stands in `state`."""
