from enum import StrEnum


class ReplyReason(StrEnum):
    """Why an answer of a calendar program stands where it stands; pages have the words."""

    MALFORMED = "reply-malformed"
    UNKNOWN_ENTRY = "reply-unknown-entry"
    NOT_INVITED = "reply-not-invited"
    OTHER_SENDER = "reply-other-sender"
    FORGED = "reply-forged"
    OLD_VERSION = "reply-old-version"
    MADE_UP_VERSION = "reply-made-up-version"
    NO_LONGER_ASKED = "reply-no-longer-asked"
    SAME_ANSWER = "reply-same-answer"
    NEWER_ANSWER_TAKEN = "reply-newer-answer-taken"
    NO_ANSWER = "reply-no-answer"
    ONE_SESSION = "reply-one-session"
    DELEGATED = "reply-delegated"
    COUNTERED = "reply-countered"
    NOT_DONE = "reply-not-done"  # the rules of the button say no
    NOTED = "reply-noted"
    NOT_COMING_ALREADY = "reply-not-coming-already"
    TAKEN_BACK = "reply-taken-back"
    DECLINED = "reply-declined"
    ACCEPTED = "reply-accepted"
    SENT_ANEW = "refresh-sent"
    SENT_JUST_NOW = "refresh-too-soon"
    ASKED_BY_MACHINE = "refresh-by-machine"
    COUNTER_DECLINED = "counter-declined"
    CONFIRMED = "confirmed-by-hand"
    UNDONE = "undone-by-hand"


class Did(StrEnum):
    """What an answer changed, for whoever takes it back."""

    TOOK_BACK = "took-back"
    REGISTERED = "registered"
