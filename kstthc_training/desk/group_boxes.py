"""The organisations of a saved group as its form holds them: those ticked, with places, and those found to be added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from kstthc_training import clock
from kstthc_training.desk.invitees import MOST_FOUND, label_of
from kstthc_training.invitations.queries.candidates import Candidate, candidates_on
from kstthc_training.invitations.queries.saved_groups import members_of
from kstthc_training.text import search_words, whole_number
from kstthc_training.web.addresses import asked_words, given_numbers

MOST_PLACES = 1000


@dataclass(frozen=True)
class MemberBox:
    """An organisation to tick: its number, what it is called, its places, whether it is ticked, and whether it is over."""

    id: int
    label: str
    places: int
    ticked: bool
    is_over: bool = False


@dataclass(frozen=True)
class GroupBoxes:
    """What stands in the form of a group."""

    boxes: Sequence[MemberBox]
    search: str

    @property
    def places(self) -> dict[int, int]:
        """The places of every organisation ticked."""
        return {box.id: box.places for box in self.boxes if box.ticked}


def group_boxes(group_id: int) -> GroupBoxes:
    """The members, then those found by words that are none yet; a form that was sent says which are ticked."""
    members, search = members_of(group_id), asked_words()
    sent = set(given_numbers("noi")) if request.method == "POST" else None
    typed = {each.id: each for each in candidates_on(clock.local_date(clock.now()))} if sent or search else {}
    known = {member.organisation_id for member in members}
    boxes = [
        MemberBox(
            m.organisation_id, m.name, _places(m.organisation_id, m.places), _is_in(m.organisation_id, sent), m.is_over
        )
        for m in members
    ]
    added = [each for key, each in typed.items() if key not in known and sent and key in sent]
    found = [each for each in _found(typed, search) if each.id not in known and each not in added]
    boxes += [MemberBox(each.id, label_of(each), _places(each.id, 1), True) for each in added]
    return GroupBoxes([*boxes, *(MemberBox(each.id, label_of(each), 1, False) for each in found)], search)


def _found(typed: Mapping[int, Candidate], search: str) -> list[Candidate]:
    words = search_words(search)
    return [each for each in typed.values() if words and all(word in each.search_text for word in words)][:MOST_FOUND]


def _is_in(organisation_id: int, sent: set[int] | None) -> bool:
    return sent is None or organisation_id in sent


def _places(organisation_id: int, usual: int) -> int:
    typed = whole_number(request.form.get(f"cho-{organisation_id}", ""))
    return min(typed, MOST_PLACES) if typed else usual
