"""Choosing whom to invite by level, kind, area, group, mandatory list, or one by one; the narrower decides the places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kstthc_training.invitations.queries.candidates import Candidate, Group
from kstthc_training.text import whole_number

LEVEL, KIND, AREA, GROUP, BODY, PERSON = "cap", "loai", "dia-ban", "nhom", "noi", "nguoi"
LIST_BODIES, LIST_PEOPLE = "dien-don-vi", "dien-nguoi"  # whoever must come by a list: the organisations, or the people
_WIDE_FIRST = (KIND, LEVEL, AREA, GROUP, LIST_BODIES, BODY)
_ONE_BY_ONE = (LIST_PEOPLE, PERSON)
_LISTS = (GROUP, LIST_BODIES)


@dataclass(frozen=True)
class Choice:
    """One thing ticked: what kind of thing, its numbers (an area has two: its level and itself), the places of each."""

    by: str
    numbers: tuple[int, ...]
    places: int

    @property
    def token(self) -> str:
        """How it is written in a form: `cap-4`, `dia-ban-4-12`."""
        return "-".join([self.by, *map(str, self.numbers)])


def read_choice(token: str, places: str) -> Choice | None:
    """What a ticked box and the number beside it say; None for what cannot be one. A number that is none counts as 1."""
    by = next((each for each in (*_WIDE_FIRST, *_ONE_BY_ONE) if token.startswith(f"{each}-")), "")
    numbers = tuple(whole_number(part) for part in token.removeprefix(f"{by}-").split("-")) if by else ()
    wanted = 2 if by == AREA else 1
    if len(numbers) != wanted:
        return None
    known = tuple(number for number in numbers if number is not None)
    return Choice(by, known, whole_number(places) or 1) if len(known) == wanted else None


def bodies_chosen(choices: Iterable[Choice], candidates: Sequence[Candidate], groups: Sequence[Group]) -> dict[int, int]:
    """The places of every organisation that is chosen, in the order of the candidates; the narrowest choice decides.

    Groups and lists give each of their organisations the places that belong to it.
    """
    places: dict[int, int] = {}
    known = {(LIST_BODIES if group.is_list else GROUP, group.id): group for group in groups}
    for choice in sorted(choices, key=lambda each: _WIDE_FIRST.index(each.by) if each.by in _WIDE_FIRST else 0):
        if choice.by in _LISTS:
            group = known.get((choice.by, choice.numbers[0]))
            places.update(group.places if group else {})
        elif choice.by not in _ONE_BY_ONE:
            places.update({each.id: choice.places for each in candidates if _covers(choice, each)})
    return {each.id: places[each.id] for each in candidates if each.id in places}


def people_chosen(choices: Iterable[Choice], groups: Sequence[Group] = ()) -> list[int]:
    """The numbers of the people who are chosen one by one, and of those of lists that are, each once."""
    listed = {group.id: group.people for group in groups if group.is_list}
    found: dict[int, None] = {}
    for choice in choices:
        if choice.by in _ONE_BY_ONE:
            number = choice.numbers[0]
            found |= dict.fromkeys([number] if choice.by == PERSON else listed.get(number, ()))
    return list(found)


def _covers(choice: Choice, each: Candidate) -> bool:
    own = {
        LEVEL: (each.level_id,), KIND: (each.kind_id,), BODY: (each.id,), AREA: (each.level_id, each.area_id or 0),
    }  # fmt: skip
    return own.get(choice.by) == choice.numbers
