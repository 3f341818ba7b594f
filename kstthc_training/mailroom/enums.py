from enum import StrEnum


class Group(StrEnum):
    """The letters that the page shows together, named as in its address."""

    HELD = "dang-giu"
    WAITING = "cho-gui"
    TODAY = "gui-hom-nay"
    REFUSED = "bi-tu-choi"
    BOUNCED = "bi-tra-lai"
    SENT = "da-gui"
    DISCARDED = "da-bo"


class Source(StrEnum):
    """Why an address is proposed for a letter that did not arrive."""

    CORRECTED = "corrected"  # the directory holds another one for the recipient by now
    ALIKE = "alike"  # one letter different
    FOCAL = "focal"  # a focal point of the organisation
    MAILBOX = "mailbox"  # the organisation's own
    REACHED = "reached"  # letters to the same recipient arrived there
