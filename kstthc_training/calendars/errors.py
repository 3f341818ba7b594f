"""Why there is no calendar at an address."""

from kstthc_training.refusals import Unknown


class NoSuchFeed(Unknown):
    """The address is wrong, was replaced by a new one, or belongs to nobody who may sign in."""
