from enum import StrEnum


class Reminded(StrEnum):
    """Of what people are reminded."""

    START = "start"  # that the event at which they have a seat is near
    NAMES = "names"  # that their organisation holds places without names
    ANSWER = "answer"  # that they have not answered the invitation
