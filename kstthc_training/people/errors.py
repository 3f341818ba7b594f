"""What people and their accounts may not do, as typed refusals."""

from kstthc_training.refusals import Refusal


class NoAddress(Refusal):
    """An account needs an e-mail address: it is the name to sign in with, and where its links go."""


class LoginTaken(Refusal):
    """Another account already signs in with this e-mail address."""


class TooManyApart(Refusal):
    """More than `most` rows were to be told apart, each from each, at once."""


class HasAccount(Refusal):
    """The person already has an account; `account_id` says which."""


class LastAdministrator(Refusal):
    """Nobody would be left to administer the product."""


class AccountDisabled(Refusal):
    """The account is disabled: it gets no links and nobody signs in to it."""


class WeakPassword(Refusal):
    """A new password that is too easy to guess."""


class TooShort(WeakPassword):
    """A new password of fewer than `least` characters."""


class TooLong(WeakPassword):
    """A new password of more than `most` characters."""


class TooCommon(WeakPassword):
    """A new password that stands on every list of passwords to try first."""


class LikeTheName(WeakPassword):
    """A new password made of the person's name, address or number."""


class LinkSpent(Refusal):
    """A one-time link that was used, has expired or never was."""


class WrongPassword(Refusal):
    """The password typed is not the one kept, or there is no such account; which of the two is never told."""


class TooManyAttempts(Refusal):
    """Tried too often; `retry_after` is the number of seconds until the next try is taken."""
