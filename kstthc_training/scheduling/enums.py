from enum import StrEnum


class Method(StrEnum):
    """What a calendar object sent by mail asks of its reader (RFC 5546, 1.4)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class PartStat(StrEnum):
    """What somebody answered to the object sent last (RFC 5545, 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"
    DELEGATED = "DELEGATED"


class CalendarMail(StrEnum):
    """Whether somebody wants invitations that go into the calendar with his letters."""

    AUTO = "auto"  # unless his calendar program follows his feed, which would show everything twice
    ALWAYS = "always"
    NEVER = "never"
