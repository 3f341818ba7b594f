"""What passes between a mailbox and whoever reads it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """How far a mailbox was read: numbers are good for one `validity` alone, and count anew under another."""

    validity: int = 0
    last: int = 0


@dataclass(frozen=True)
class Waiting:
    """A letter that waits in a mailbox: its octets, whether its end was left unread, and how to find it again."""

    octets: bytes
    is_cut: bool
    mark: Mark
    place: str
