"""Why a text is not kept."""

from kstthc_training.refusals import Refusal


class UnknownPlaceholder(Refusal):
    """`written` stands in braces, and means nothing in this letter."""


class MissingPlaceholder(Refusal):
    """The letter needs `missing`, and the text does without it."""


class NothingSaid(Refusal):
    """The subject or the body is empty."""


class NothingToUndo(Refusal):
    """The text is the product's own already, or has no former version."""
