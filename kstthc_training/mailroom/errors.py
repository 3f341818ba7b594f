"""What may not be done with a letter."""

from kstthc_training.refusals import Refusal


class HeldByOperators(Refusal):
    """Operators hold everything back; only administrators let it go."""


class PrivateLetter(Refusal):
    """A letter about an account or somebody's own data goes to no other address: its link opens the account."""


class SameAddress(Refusal):
    """The letter goes there already."""
