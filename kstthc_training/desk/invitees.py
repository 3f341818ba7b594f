"""The page that chooses whom to invite: what may be ticked, and who would get what."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from kstthc_training.events.words import Tag
from kstthc_training.invitations.enums import LetterState
from kstthc_training.invitations.queries.candidates import Candidate, Group, Reach
from kstthc_training.invitations.selection import AREA, BODY, GROUP, KIND, LEVEL, LIST_BODIES, LIST_PEOPLE, PERSON, Choice
from kstthc_training.people.finding import PersonRow
from kstthc_training.text import search_words
from kstthc_training.web.locale import named

MOST_FOUND = 30
LISTS = "dien"
WAYS = (LEVEL, KIND, GROUP, LISTS, BODY)


@dataclass(frozen=True)
class Box:
    """Something to tick: its token, what it is called, how many it covers, the places of each, and whether it is ticked."""

    token: str
    label: str
    count: int
    places: int
    ticked: bool
    is_sub: bool = False
    asks_places: bool = True
    is_people: bool = False


@dataclass(frozen=True)
class Getting:
    """Who would get an invitation: who, through whom, with how many places, and what to look at before."""

    id: int
    name: str
    contact: str
    places: int
    gets: str
    warnings: Sequence[Tag]


def way_options(current: str, *, groups: int, lists: int) -> list[tuple[str, str, bool]]:
    """The ways in which invitees are chosen: as written in the form, in words, and whether it is the present one.

    By list only where a list calls somebody.
    """
    words = {
        LEVEL: _("Theo cấp"),
        KIND: _("Theo loại"),
        GROUP: _("Nhóm đã lưu (%(n)s)", n=groups),
        LISTS: _("Diện bắt buộc (%(n)s)", n=lists),
        BODY: _("Từng nơi, từng người"),
    }
    return [(way, words[way], way == current) for way in WAYS if way != LISTS or lists]


def boxes(
    by: str, candidates: Sequence[Candidate], levels: Sequence[Any], kinds: Sequence[Any], groups: Sequence[Group],
    chosen: Mapping[str, Choice], search: str,
) -> list[Box]:  # fmt: skip
    """What may be ticked in one of the four ways."""
    if by == KIND:
        counts = Counter(each.kind_id for each in candidates)
        return [_box(f"{KIND}-{kind.id}", named(kind), counts[kind.id], chosen) for kind in kinds if counts[kind.id]]
    if by in (GROUP, LISTS):
        known = {each.id for each in candidates}
        return [box for group in groups if group.is_list == (by == LISTS) for box in _group_boxes(group, known, chosen)]
    if by == BODY:
        return _found(candidates, chosen, search)
    return [box for level in levels for box in _level_boxes(level, candidates, chosen)]


def gettings(places: Mapping[int, int], candidates: Sequence[Candidate], reaches: Mapping[int, Reach]) -> list[Getting]:
    """Who would get what, those with something to look at first."""
    names = Counter(each.full_name for each in candidates)
    known = {each.id: each for each in candidates}
    rows = [_getting(known[key], places[key], reaches[key], names) for key in places if key in known]
    return sorted(rows, key=lambda row: not row.warnings)


def label_of(each: Candidate) -> str:
    """What an organisation is called beside others."""
    return f"{each.name}, {each.area}" if each.area else each.name


def _level_boxes(level: Any, candidates: Sequence[Candidate], chosen: Mapping[str, Choice]) -> list[Box]:
    own = [each for each in candidates if each.level_id == level.id]
    if not own:
        return []
    areas = Counter((each.area_id, each.area) for each in own if each.area_id is not None)
    subs = [
        _box(f"{AREA}-{level.id}-{area_id}", area, count, chosen, is_sub=True)
        for (area_id, area), count in areas.items()
        if count > 1
    ]
    return [_box(f"{LEVEL}-{level.id}", named(level), len(own), chosen), *(subs if len(subs) > 1 else [])]


def _group_boxes(group: Group, known: Container[int], chosen: Mapping[str, Choice]) -> list[Box]:
    """A group; or a list, whose organisations are invited with as many places as they have people on it, or its people."""
    bodies = sum(key in known for key in group.places)
    if not group.is_list:
        return [_box(f"{GROUP}-{group.id}", group.name, bodies, chosen, asks_places=False)]
    each = _("mời đích danh từng người")
    return [
        _box(f"{LIST_BODIES}-{group.id}", group.name, bodies, chosen, asks_places=False),
        _box(f"{LIST_PEOPLE}-{group.id}", each, len(group.people), chosen, is_sub=True, asks_places=False, is_people=True),
    ]


def _found(candidates: Sequence[Candidate], chosen: Mapping[str, Choice], search: str) -> list[Box]:
    """Organisations that hold every word, and those ticked already."""
    words = search_words(search)
    found = [each for each in candidates if words and all(word in each.search_text for word in words)][:MOST_FOUND]
    shown = {each.id for each in found}
    kept = [each for each in candidates if f"{BODY}-{each.id}" in chosen and each.id not in shown]
    return [_box(f"{BODY}-{each.id}", label_of(each), 1, chosen) for each in (*kept, *found)]


def _box(token: str, label: str, count: int, chosen: Mapping[str, Choice], **more: bool) -> Box:
    choice = chosen.get(token)
    return Box(token, label, count, choice.places if choice else 1, choice is not None, **more)


def _getting(each: Candidate, places: int, reach: Reach, names: Counter[str]) -> Getting:
    warnings = []
    if reach.last is LetterState.NONE:
        warnings.append(Tag(_("Không có địa chỉ thư"), "warn"))
    elif reach.last is LetterState.FAILED:
        warnings.append(Tag(_("Thư trước không tới"), "bad"))
    if names[each.full_name] > 1:
        warnings.append(Tag(_("Trùng tên nơi khác"), "warn"))
    contact = ", ".join(reach.contacts) or _("Chưa có đầu mối")
    gets = _("Giấy mời, liên kết cử người") if reach.contacts else _("Thư tới hộp thư chung")
    return Getting(
        each.id, label_of(each), contact, places, gets if reach.addresses else _("Giấy in, văn thư chuyển"), warnings
    )


def person_boxes(people: Sequence[PersonRow], chosen: Mapping[str, Choice]) -> list[Box]:
    """People to tick, each with title and organisation."""
    return [
        _box(
            f"{PERSON}-{person.id}",
            ", ".join(part for part in (person.full_name, person.title, person.organisation) if part),
            0, chosen, asks_places=False,
        )
        for person in people
    ]  # fmt: skip
