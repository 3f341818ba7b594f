"""What calendar data refuses, with the facts; whoever shows them finds the words."""


class CalendarDataRefused(ValueError):
    """Something that must not be written into calendar data."""


class NaiveInstant(CalendarDataRefused):
    """A time without a zone, which calendar programs would read as their own local time."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class EndsBeforeItStarts(CalendarDataRefused):
    """DTEND must lie after DTSTART, in whole seconds (RFC 5545, 3.6.1)."""


class NegativeSequence(CalendarDataRefused):
    """SEQUENCE counts from zero upwards (RFC 5545, 3.8.7.4)."""

    def __init__(self, sequence: int) -> None:
        super().__init__(sequence)
        self.sequence = sequence


class UnusableAddress(CalendarDataRefused):
    """A web address or mailbox that may not stand in calendar data."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field, value)
        self.field = field
        self.value = value


class OrganizerMissing(CalendarDataRefused):
    """A published or scheduled entry must name its organizer (RFC 5546, 3.2)."""


class NothingToPublish(CalendarDataRefused):
    """A file to download must hold at least one entry (RFC 5545, 3.6)."""


class WrongStatus(CalendarDataRefused):
    """An entry called off cannot be invited to, and only one called off can be cancelled (RFC 5546, 3.2)."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class NotAnEntry(CalendarDataRefused):
    """A text given to a feed that is not one rendered entry."""


class RepeatedUid(CalendarDataRefused):
    """The same UID twice in one file, which calendar servers refuse."""

    def __init__(self, uid: str) -> None:
        super().__init__(uid)
        self.uid = uid


class DifferentEntries(CalendarDataRefused):
    """Two entries of different UID are not states of one."""
