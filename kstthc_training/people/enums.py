from enum import StrEnum


class Role(StrEnum):
    """What an account may do as a whole; every account is a member, door staff is a permission on one event."""

    ADMINISTRATOR = "administrator"
    ORGANIZER = "organizer"
    LEADER = "leader"
    FOCAL_POINT = "focal_point"
    MEMBER = "member"


class LinkPurpose(StrEnum):
    """What a one-time link by mail does when its button is pressed."""

    SET_PASSWORD = "set-password"  # noqa: S105 - a purpose, not a password
    SIGN_IN = "sign-in"


class Clue(StrEnum):
    """What speaks for two rows being one person."""

    NAME = "name"  # the same folded name in one organisation, or in two of which one continues the other
    EMAIL = "email"
    PHONE = "phone"
