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


class OverBecause(StrEnum):
    """Why the link of an invitation is dead."""

    REVOKED = "revoked"
    RENEWED = "renewed"
    CANCELLED = "cancelled"
    HELD = "held"


class InvitationStanding(StrEnum):
    """Where an invitation stands, as the organizer counts it; each stands in exactly one."""

    NAMED = "named"
    PROMISED = "promised"  # said yes, names follow
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    UNREACHED = "unreached"  # no address, or its letter failed
    UNSENT = "unsent"  # letters go out when the event is released
    REVOKED = "revoked"


class LetterState(StrEnum):
    """How the last letters about an invitation fared, together."""

    NONE = "none"
    WAITING = "waiting"
    SENT = "sent"
    BOUNCED = "bounced"
    FAILED = "failed"
