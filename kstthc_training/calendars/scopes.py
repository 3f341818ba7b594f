"""Scopes of feeds, as addresses name them."""

from dataclasses import dataclass

from kstthc_training.calendars.enums import FeedScope
from kstthc_training.events.enums import Audience
from kstthc_training.text import whole_number

_PLAIN = {FeedScope.MINE: "cua-toi", FeedScope.ALL: "cong-khai"}
_AUDIENCES = {Audience.PRESS.value: "bao-chi", Audience.OFFICIALS.value: "can-bo", Audience.INTERNAL.value: "noi-bo"}
_STEMS = {FeedScope.ORGANISATION: "don-vi", FeedScope.HOST: "chu-tri", FeedScope.KIND: "loai", FeedScope.ROOM: "phong"}


@dataclass(frozen=True)
class Scope:
    """A kind of feed and what it is about: the number of an organisation, kind or room, or an `Audience`."""

    kind: FeedScope
    subject: str = ""

    @property
    def name(self) -> str:
        """The name in addresses: `cua-toi`, `bao-chi`, `phong-3`."""
        if self.kind in _STEMS:
            return f"{_STEMS[self.kind]}-{self.subject}"
        return _AUDIENCES[self.subject] if self.kind is FeedScope.AUDIENCE else _PLAIN[self.kind]

    @property
    def purpose(self) -> str:
        """What the secret of its address is derived for, so that the secret of one scope opens no other."""
        return f"feed:{self.kind}:{self.subject}" if self.subject else f"feed:{self.kind}"

    @property
    def subject_id(self) -> int:
        """The number of its organisation, kind or room; 0 for those without."""
        return whole_number(self.subject) or 0


MINE, ALL = Scope(FeedScope.MINE), Scope(FeedScope.ALL)
AUDIENCES = tuple(Scope(FeedScope.AUDIENCE, audience) for audience in _AUDIENCES)
_BY_NAME = {scope.name: scope for scope in (MINE, ALL, *AUDIENCES)}
_BY_STEM = {stem: kind for kind, stem in _STEMS.items()}


def scope_named(name: str) -> Scope | None:
    """The scope that an address names; None when there is none such."""
    if scope := _BY_NAME.get(name):
        return scope
    stem, _dash, subject = name.rpartition("-")
    number = whole_number(subject)
    return Scope(_BY_STEM[stem], str(number)) if stem in _BY_STEM and number and str(number) == subject else None
