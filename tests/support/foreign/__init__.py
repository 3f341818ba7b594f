"""Calendar data as programs that others wrote read it: icalendar and vobject (Python), ical.js (Thunderbird, Nextcloud) and
libical (GNOME, Evolution).

`READERS` names them all; each takes the octets of a file and gives the same `Calendar`, so that a test can compare what
came out with what went in, whoever read it. What a reader finds wrong stands in `complaints`.
"""

from collections.abc import Callable

from tests.support.foreign.reading import Calendar, Entry
from tests.support.foreign.with_icaljs import read as with_icaljs
from tests.support.foreign.with_libical import read as with_libical
from tests.support.foreign.with_python import read_icalendar, read_vobject

Reader = Callable[[bytes], Calendar]

READERS: dict[str, Reader] = {
    "icalendar": read_icalendar,
    "vobject": read_vobject,
    "ical.js": with_icaljs,
    "libical": with_libical,
}

__all__ = ["READERS", "Calendar", "Entry", "Reader"]
