"""The list of delegates: who stands on it by the choices of the page, in which order and under which headings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kstthc_training import clock
from kstthc_training.events.enums import EventMode
from kstthc_training.events.models import Event
from kstthc_training.people.titles import title_rank
from kstthc_training.registrations.enums import GONE, Place, RegistrationState
from kstthc_training.registrations.queries.delegates import Delegate, delegates_of

BY_ORGANISATION, BY_RANK = "don-vi", "chuc-vu"
CONFIRMED_ONLY, EVERYBODY = "co-cho", "tat-ca"
PLACE_WORDS = {"phong": Place.ROOM, "truc-tuyen": Place.ONLINE}


@dataclass(frozen=True)
class Wanted:
    """What is chosen: the order, whether people sign, who stands on the list, and where they take part ('' for both)."""

    order: str = BY_ORGANISATION
    is_signed: bool = False
    who: str = CONFIRMED_ONLY
    place_word: str = ""

    @property
    def states(self) -> Collection[RegistrationState]:
        """The states of those who stand on the list."""
        if self.who == EVERYBODY:
            return [state for state in RegistrationState if state not in GONE]
        return [RegistrationState.CONFIRMED]

    @property
    def place(self) -> Place | None:
        """Where those on the list take part; None for both."""
        return PLACE_WORDS.get(self.place_word)

    @property
    def args(self) -> dict[str, Any]:
        """The choices as parts of an address."""
        signed = {"ky": "1"} if self.is_signed else {}
        place = {"noi": self.place_word} if self.place_word else {}
        return {"xep": self.order, "ai": self.who, **signed, **place}


@dataclass(frozen=True)
class Section:
    """Those of one body under its name; all under '' where they stand by rank."""

    heading: str
    people: Sequence[Delegate]


@dataclass(frozen=True)
class Listed:
    """The delegates of agencies and those of the press, each in sections."""

    officials: Sequence[Section]
    press: Sequence[Section]

    @property
    def count(self) -> int:
        """How many stand on the list."""
        return sum(len(section.people) for section in (*self.officials, *self.press))


def asked_list(args: Mapping[str, str], event: Event) -> Wanted:
    """The choices in an address; what cannot be one is the usual."""
    place = args.get("noi", "") if event.mode is EventMode.BOTH else ""
    return Wanted(
        order=BY_RANK if args.get("xep") == BY_RANK else BY_ORGANISATION,
        is_signed=args.get("ky") == "1",
        who=EVERYBODY if args.get("ai") == EVERYBODY else CONFIRMED_ONLY,
        place_word=place if place in PLACE_WORDS else "",
    )


def listed_delegates(event: Event, wanted: Wanted) -> Listed:
    """Those on the list: by rank, then body, then name; or by body with its name above, then rank, then name.

    Bodies stand by level, kind and name; two statements.
    """
    found = [
        each
        for each in delegates_of(event.id, on=clock.local_date(event.starts_at), states=wanted.states)
        if wanted.place in (None, each.place)
    ]
    return Listed(
        _sections((each for each in found if not each.is_press), wanted.order),
        _sections((each for each in found if each.is_press), wanted.order),
    )


def _sections(people: Iterable[Delegate], order: str) -> list[Section]:
    if order == BY_RANK:
        ranked = sorted(people, key=lambda each: (title_rank(each.title), each.order))
        return [Section("", ranked)] if ranked else []
    arranged = sorted(people, key=_by_body)
    return [Section(name, list(those)) for (_order, name), those in groupby(arranged, _body)]


def _by_body(each: Delegate) -> tuple[Any, ...]:
    return each.order, title_rank(each.title)


def _body(each: Delegate) -> tuple[Any, str]:
    return each.order, each.organisation
