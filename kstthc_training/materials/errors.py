"""Why a material is not given or not taken."""

from kstthc_training.refusals import NotAllowed, Refusal


class NotYet(NotAllowed):
    """The material is locked until `available_at`."""


class ForRegistered(NotAllowed):
    """The material is for those registered for its event."""


class EmptyFile(Refusal):
    """A file without a single octet was offered."""
