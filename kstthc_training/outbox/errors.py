"""How handing over a letter can go wrong, and what may not be done with one."""

from kstthc_training.refusals import Refusal


class Trouble(Exception):
    """A letter was not handed over; the text is what an administrator reads."""


class Rejected(Trouble):
    """This letter will never be taken: it cannot be written, or the mail server says no for good (5yz, RFC 5321 4.2.1)."""


class Deferred(Trouble):
    """This letter may be taken later: the mail server says not now (4yz)."""


class LineLost(Trouble):
    """No letter is taken at present: the mail server does not answer, hangs up or does not accept the sender."""


class NotFailed(Refusal):
    """Only a job that failed is tried again."""


class AddressChanged(Refusal):
    """The letter goes elsewhere already, was sent, or is being sent at this moment; it is in `state`."""


class BodyErased(Refusal):
    """The letter's text was erased at the end of its time; there is nothing left to send."""
