"""The mail host of an address, by which the pace is counted."""


def host_of(address: str) -> str:
    """What stands behind the last @, in small letters; empty for what is no address."""
    return address.rpartition("@")[2].lower() if "@" in address else ""
