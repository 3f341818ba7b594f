from enum import StrEnum


class FeedScope(StrEnum):
    """Which events a feed holds: those of the reader, or of one room, kind, host, audience, or all that he may know of."""

    MINE = "mine"
    ALL = "all"
    AUDIENCE = "audience"
    ORGANISATION = "organisation"  # what an organisation hosts, is invited to or sends people to
    HOST = "host"
    KIND = "kind"
    ROOM = "room"


class Show(StrEnum):
    """What a reader's own feed can show, each to be switched on."""

    REGISTERED = "registered"
    WAITING = "waiting"  # in the queue, offered a seat, or before the organizer's decision
    INVITED = "invited"  # by name, or the organisation that one speaks for; not answered yet
    ORGANISED = "organised"  # one is in charge of it, or works at its door
