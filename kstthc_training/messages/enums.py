from enum import StrEnum


class Way(StrEnum):
    """How somebody is told what he may choose about, besides the notice on the pages, which everyone with an account has."""

    MAIL = "mail"
    NOTICE = "notice"
    DIGEST = "digest"


class Group(StrEnum):
    """What letters are about, as people choose how they are told."""

    REGISTRATIONS = "registrations"
    REMINDERS = "reminders"
    ORGANISATION = "organisation"
    EVENT = "event"
    ACCOUNT = "account"
