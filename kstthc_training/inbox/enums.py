from enum import StrEnum


class MailKind(StrEnum):
    """What a letter that came in is."""

    BOUNCE = "bounce"  # a letter of ours was not delivered
    DELAYED = "delayed"  # a letter of ours is still on its way
    DELIVERED = "delivered"  # a letter of ours arrived
    CALENDAR = "calendar"  # a calendar program answers: REPLY, COUNTER, REFRESH
    AUTOMATIC = "automatic"  # a machine wrote it: out of office, a list, a receipt
    OWN = "own"  # a letter of ours came back to us
    ORDINARY = "ordinary"  # somebody wrote


class MailState(StrEnum):
    """Where a letter stands that came in."""

    NEW = "new"  # taken, not looked at yet
    REVIEW = "review"  # somebody must look
    HANDLED = "handled"
    IGNORED = "ignored"


class Why(StrEnum):
    """Why a letter stands where it stands, as far as the kit itself decides; pages have the words."""

    LETTER_BOUNCED = "letter-bounced"
    BOUNCED_ELSEWHERE = "bounced-elsewhere"
    NOT_OUR_LETTER = "not-our-letter"
    NO_LETTER_NAMED = "no-letter-named"
    STILL_ON_ITS_WAY = "still-on-its-way"
    ARRIVED = "arrived"
    WRITTEN_BY_MACHINE = "written-by-machine"
    CAME_BACK = "came-back"
    SAME_AGAIN = "same-again"
    WRITTEN_BY_SOMEBODY = "written-by-somebody"
    IN_WINMAIL = "in-winmail"
    INVITES_US = "invites-us"
    TOO_LARGE = "too-large"
    FAULT = "fault"
    PUT_ASIDE = "put-aside"
    LOOKED_AT_AGAIN = "looked-at-again"


class DeliveryAction(StrEnum):
    """What a report says became of a letter (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
