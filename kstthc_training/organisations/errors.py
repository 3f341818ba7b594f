"""What may not be done with an organisation, each with the facts that a sentence about it needs."""

from kstthc_training.refusals import Refusal


class CodeTaken(Refusal):
    """Another organisation that still exists bears `code`: `name`."""


class ParentBeneath(Refusal):
    """The parent is the organisation itself or stands beneath it."""


class EndsBeforeItBegins(Refusal):
    """The last day lies before the first one, `valid_from`."""


class OutsideItsTime(Refusal):
    """`day` is not between the first and the last day of `name`."""


class NameDayTaken(Refusal):
    """The organisation took a name on `day` already: `name`."""


class AlreadySucceeded(Refusal):
    """`successor` is on record as continuing this organisation."""
