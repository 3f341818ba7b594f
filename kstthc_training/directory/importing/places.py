"""Which organisation people mean when they write one: by code, by name, shortened, without accents, with its district."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from kstthc_training.text import clean_line, fold

_UNITS = {
    "uy ban nhan dan": "ubnd",
    "thanh pho": "tp",
    "thi tran": "tt",
    "thi xa": "tx",
    "huyen": "h",
    "quan": "q",
    "phuong": "p",
    "xa": "x",
}
_UNIT_WORDS = re.compile(rf"\b({'|'.join(_UNITS)})\b")
_NOT_WORD = re.compile(r"[\W_]+")
_SPLIT = re.compile(r"\s*[,;(]\s*|\s+[-–]\s+")
_OFFICE = "ubnd "
_BARE = {"ubnd", "tp", "tx", "h", "q", "tt", "p", "x", "tinh"}
_ALIKE = 0.8
_MOST_GUESSES = 50  # each costs some milliseconds, and a file of the wrong kind has thousands of unknown names


def plain(text: str) -> str:
    """The form that the ways of writing one name share: `UBND X. Bình An` and `Ủy ban nhân dân xã Bình An`."""
    words = _NOT_WORD.sub(" ", fold(text)).strip()
    return _UNIT_WORDS.sub(lambda found: _UNITS[found.group()], words)


def _core(text: str) -> str:
    return " ".join(word for word in plain(text).split() if word not in _BARE)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation as a file may name it; `above` is its parent's short name."""

    id: int
    code: str
    name: str
    short_name: str
    above: str = ""
    above_name: str = ""
    above_code: str = ""

    @property
    def label(self) -> str:
        """The short name with where it belongs."""
        return ", ".join(filter(None, (self.short_name or self.name, self.above)))


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant: exactly one place, or several, or none with the likeliest."""

    place: Place | None = None
    several: tuple[Place, ...] = ()
    likely: tuple[Place, ...] = ()


@dataclass
class PlaceBook:
    """Places by their codes and by all ways of writing their names."""

    by_code: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[tuple[str, str], Found] = field(default_factory=dict)
    guesses: int = 0

    @classmethod
    def of(cls, places: Iterable[Place]) -> "PlaceBook":
        """A book of these places."""
        book = cls()
        for place in places:
            if place.code:
                book.by_code[place.code.casefold()] = place
            for key in _keys(place):
                book.by_name[key].append(place)
        return book

    def find(self, text: str, district: str = "") -> Found:
        """The place that `text` means, in `district` when it says one; a district may also follow the name.

        `UBND xã Bình An, huyện Kiên Lương` and `xã Bình An (Kiên Lương)` name one of two communes.
        """
        asked = (text, district)
        if asked not in self.asked:
            self.asked[asked] = self._find(text, district)
        return self.asked[asked]

    def _find(self, text: str, district: str) -> Found:
        if place := self.by_code.get(clean_line(text).casefold()):
            return Found(place)
        candidates = self.named(text)
        if not candidates and not district and len(parts := _SPLIT.split(text, maxsplit=1)) == 2:
            text, district = parts
            candidates = self.named(text)
        if district:
            candidates = _within(candidates, district)
        candidates = _exactly(candidates, text) or candidates
        if len(candidates) == 1:
            return Found(candidates[0])
        return Found(several=tuple(candidates)) if candidates else Found(likely=self._likely(text))

    def named(self, text: str) -> list[Place]:
        """Places of this name, however it is written."""
        return self.by_name.get(plain(text)) or []

    def _likely(self, text: str) -> tuple[Place, ...]:
        self.guesses += 1
        if self.guesses > _MOST_GUESSES:
            return ()
        near = get_close_matches(plain(text), self.by_name, n=3, cutoff=_ALIKE)
        return tuple({place.id: place for key in near for place in self.by_name[key]}.values())[:3]


def _keys(place: Place) -> Collection[str]:
    names = {plain(place.name), plain(place.short_name)} - {""}
    return names | {name.removeprefix(_OFFICE) for name in names}


def _within(places: list[Place], district: str) -> list[Place]:
    wanted, code = _core(district), clean_line(district).casefold()
    return [
        place
        for place in places
        if wanted in (_core(place.above), _core(place.above_name)) or code == place.above_code.casefold()
    ]


def _exactly(places: list[Place], text: str) -> list[Place]:
    written = clean_line(text).casefold()
    return [place for place in places if written in (place.name.casefold(), place.short_name.casefold())]
