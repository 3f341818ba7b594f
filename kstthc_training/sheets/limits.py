"""How much of a table is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Octets of the file, octets and parts it unpacks to, filled rows below the heading, and columns."""

    octets: int = 5_000_000
    unpacked_octets: int = 100_000_000
    parts: int = 10_000
    rows: int = 5_000
    columns: int = 100


LIMITS = Limits()
