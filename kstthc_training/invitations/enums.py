from enum import StrEnum


class InvitationAnswer(StrEnum):
    """What an invitee said; no answer, a refusal and not coming after a yes are three different things."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class InvitationAct(StrEnum):
    """What happened to an invitation."""

    MADE = "made"
    SENT = "sent"
    REMINDED = "reminded"
    OPENED = "opened"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NAMED = "named"
    QUOTA_SET = "quota-set"
    DEADLINE_SET = "deadline-set"
    PLACES_RELEASED = "places-released"
    REVOKED = "revoked"
    LINK_RENEWED = "link-renewed"
    MOVED = "moved"  # to the successor of an organisation
