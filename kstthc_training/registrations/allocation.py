"""Who gets a seat when more apply than there are: ordered criteria, then a draw; pure, so that the same seed gives the same
rows again.

Each criterion that ranks puts applicants in groups; the first that tells two apart decides between them. The most per
organisation sets those beyond it behind all others. A draw with the stored seed decides last, so that no two are equal.
Whom the organizer pins goes before all, whom he puts last behind all, and a limit that is reached passes somebody over.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class Criterion(StrEnum):
    """What an organizer may go by, in the order of his choice.

    The one list of criteria. One more is a name here with its `Reason`, what it needs to know in `Applicant`, how it
    ranks in `_KEYS`, its place in `queries.allocation.USUAL`, and its words in `allocation_words`.
    """

    MANDATORY = "mandatory"
    FIRST_OF_ORGANISATION = "first-of-organisation"
    INVITED = "invited"
    SELDOM_ADMITTED = "seldom-admitted"
    MOST_PER_ORGANISATION = "most-per-organisation"
    FIRST_COME = "first-come"
    DRAW = "draw"


class Word(StrEnum):
    """What the organizer says of one applicant, with a reason of his own."""

    PINNED = "pinned"
    LAST = "put-last"


class Reason(StrEnum):
    """Why somebody is admitted or waits: a criterion, the organizer's word, or what seats and limits leave."""

    MANDATORY = "mandatory"
    FIRST_OF_ORGANISATION = "first-of-organisation"
    INVITED = "invited"
    SELDOM_ADMITTED = "seldom-admitted"
    MOST_PER_ORGANISATION = "most-per-organisation"
    FIRST_COME = "first-come"
    DRAW = "draw"
    PINNED = "pinned"
    LAST = "put-last"
    LIMIT = "limit-reached"
    ENOUGH_SEATS = "enough-seats"
    NO_SEATS = "no-seats"


@dataclass(frozen=True)
class Applicant:
    """What is known of somebody who applied; `admitted_before` counts his seats at like events of the last twelve months.

    `limits` names each further limit that his seat would count in, with the seats that are free in it.
    """

    registration_id: int
    organisation_id: int | None
    applied_at: datetime
    is_mandatory: bool = False
    is_invited: bool = False
    admitted_before: int = 0
    limits: tuple[tuple[str, int], ...] = ()
    word: Word | None = None


@dataclass(frozen=True)
class Step:
    """A criterion as chosen; only the most per organisation has a number."""

    criterion: Criterion
    most: int | None = None


@dataclass(frozen=True)
class Ranked:
    """One row of the decision: the rank from 1, whether he is admitted, and the reason with its figures."""

    registration_id: int
    rank: int
    is_admitted: bool
    rule: Reason
    facts: Mapping[str, int | str] = field(default_factory=dict)


_Key = tuple[int | str | float, ...]


@dataclass(frozen=True)
class _Placed:
    applicant: Applicant
    key: _Key
    is_beyond: bool
    full: str = ""
    is_admitted: bool = False


def allocate(applicants: Sequence[Applicant], *, steps: Sequence[Step], seats: int, seed: str) -> list[Ranked]:
    """Rank everybody, those admitted first; `seats` is how many are admitted, fewer when fewer applied or limits forbid.

    Without a draw among the steps one comes last. The same applicants, steps, seats and seed give the same rows in
    whatever order the applicants are handed over. ValueError for a criterion chosen twice, a most below one, a negative
    number of seats, or somebody who stands twice in the list.
    """
    _require_sensible(applicants, steps, seats)
    chosen = [*steps] if any(s.criterion is Criterion.DRAW for s in steps) else [*steps, Step(Criterion.DRAW)]
    ranking = [step.criterion for step in chosen if step.criterion is not Criterion.MOST_PER_ORGANISATION]
    most = next((step.most for step in chosen if step.most is not None), None)
    seated = _seated(_placed(applicants, ranking, most, seed), seats)
    return _rows(sorted(seated, key=lambda one: not one.is_admitted), ranking, most or 0)


def _require_sensible(applicants: Sequence[Applicant], steps: Sequence[Step], seats: int) -> None:
    if len({applicant.registration_id for applicant in applicants}) != len(applicants):
        raise ValueError("an applicant stands twice in the list")
    if seats < 0:
        raise ValueError("there can't be fewer than no seats")
    if any(count > 1 for count in Counter(step.criterion for step in steps).values()):
        raise ValueError("a criterion is chosen twice")
    for step in steps:
        if (step.criterion is Criterion.MOST_PER_ORGANISATION) != (step.most is not None and step.most >= 1):
            raise ValueError(f"{step.criterion} goes with a number of its own only for the most per organisation")


def _lot(seed: str, registration_id: int) -> str:
    """A number drawn for one applicant: SHA-256 of the seed and his registration, so that nobody can steer it by order."""
    return hashlib.sha256(f"{seed}:{registration_id}".encode()).hexdigest()


def _placed(applicants: Sequence[Applicant], ranking: Sequence[Criterion], most: int | None, seed: str) -> list[_Placed]:
    """Everybody in order: first those within the most per organisation, then those beyond it, each by the criteria."""
    lots = {a.registration_id: _lot(seed, a.registration_id) for a in applicants}
    firsts = _firsts(applicants, ranking, lots)

    def key(applicant: Applicant) -> _Key:
        own = applicant.registration_id
        return tuple(_KEYS[criterion](applicant, own in firsts, lots[own]) for criterion in ranking)

    seen: Counter[int] = Counter()
    placed = []
    for applicant in sorted(applicants, key=lambda a: (_WORDS[a.word], key(a), lots[a.registration_id])):
        own = applicant.organisation_id
        if own is not None:
            seen[own] += 1
        is_bound = own is not None and not applicant.is_mandatory and applicant.word is not Word.PINNED
        is_beyond = most is not None and is_bound and seen[own or 0] > most
        placed.append(_Placed(applicant, key(applicant), is_beyond))
    return sorted(placed, key=lambda one: (one.applicant.word is Word.LAST, one.is_beyond))


def _firsts(applicants: Sequence[Applicant], ranking: Sequence[Criterion], lots: Mapping[int, str]) -> set[int]:
    """The one of each organisation who stands first by all else; somebody without an organisation stands for himself."""
    others = [criterion for criterion in ranking if criterion is not Criterion.FIRST_OF_ORGANISATION]

    def key(a: Applicant) -> tuple[int, _Key, str]:
        lot = lots[a.registration_id]
        return _WORDS[a.word], tuple(_KEYS[criterion](a, False, lot) for criterion in others), lot

    first: dict[int, int] = {}
    for applicant in sorted(applicants, key=key):
        if applicant.organisation_id is not None:
            first.setdefault(applicant.organisation_id, applicant.registration_id)
    return {*first.values(), *(a.registration_id for a in applicants if a.organisation_id is None)}


_WORDS: Mapping[Word | None, int] = {Word.PINNED: 0, None: 1, Word.LAST: 2}
_KEYS: Mapping[Criterion, Callable[[Applicant, bool, str], int | str | float]] = {
    Criterion.MANDATORY: lambda a, _first, _lot: 0 if a.is_mandatory else 1,
    Criterion.FIRST_OF_ORGANISATION: lambda _a, first, _lot: 0 if first else 1,
    Criterion.INVITED: lambda a, _first, _lot: 0 if a.is_invited else 1,
    Criterion.SELDOM_ADMITTED: lambda a, _first, _lot: a.admitted_before,
    Criterion.FIRST_COME: lambda a, _first, _lot: a.applied_at.timestamp(),
    Criterion.DRAW: lambda _a, _first, lot: lot,
}


def _seated(placed: Iterable[_Placed], seats: int) -> list[_Placed]:
    """Give the seats out in order; whose limit is reached while there are seats is passed over."""
    free: dict[str, int] = {}
    left, seated = seats, []
    for one in placed:
        for limit, room in one.applicant.limits:
            free.setdefault(limit, room)
        full = next((limit for limit, _room in one.applicant.limits if free[limit] < 1), "") if left else ""
        is_admitted = left > 0 and not full
        if is_admitted:
            left -= 1
            free |= {limit: free[limit] - 1 for limit, _room in one.applicant.limits}
        seated.append(replace(one, full=full, is_admitted=is_admitted))
    return seated


def _rows(seated: Sequence[_Placed], ranking: Sequence[Criterion], most: int) -> list[Ranked]:
    admitted = [one for one in seated if one.is_admitted]
    behind = [one for one in seated if not one.is_admitted and not one.full]
    border, after = next(reversed(admitted), None), next(iter(behind), None)
    groups = _Groups(seated, ranking)
    rows = []
    for rank, one in enumerate(seated, start=1):
        rule, facts = _reason(one, after if one.is_admitted else border, ranking, most)
        if rule is Reason.DRAW:
            facts = groups.facts_of(one)
        rows.append(Ranked(one.applicant.registration_id, rank, one.is_admitted, rule, facts))
    return rows


def _reason(
    one: _Placed, against: _Placed | None, ranking: Sequence[Criterion], most: int
) -> tuple[Reason, dict[str, int | str]]:
    """The organizer's word, the limit that is reached, or the first criterion that told somebody apart from the one on
    the other side of the border; without another side there are seats for all, or none."""
    if one.applicant.word is not None:
        return Reason(one.applicant.word.value), {}
    if one.full:
        return Reason.LIMIT, {"limit": one.full}
    if against is None:
        return (Reason.ENOUGH_SEATS if one.is_admitted else Reason.NO_SEATS), {}
    if against.applicant.word is Word.LAST:
        return Reason.ENOUGH_SEATS, {}
    if against.applicant.word is Word.PINNED:
        return Reason.NO_SEATS, {}
    if one.is_beyond != against.is_beyond:
        return Reason.MOST_PER_ORGANISATION, {"most": most}
    apart = next(criterion for place, criterion in enumerate(ranking) if one.key[place] != against.key[place])
    return Reason(apart.value), _facts(apart, one)


def _facts(criterion: Criterion, one: _Placed) -> dict[str, int | str]:
    return {"admitted_before": one.applicant.admitted_before} if criterion is Criterion.SELDOM_ADMITTED else {}


class _Groups:
    """Who is equal to whom before the draw: how many there are, and how many of them are admitted."""

    def __init__(self, seated: Sequence[_Placed], ranking: Sequence[Criterion]) -> None:
        self._length = ranking.index(Criterion.DRAW)
        self._equals = Counter(self._group(one) for one in seated)
        self._admitted = Counter(self._group(one) for one in seated if one.is_admitted)

    def facts_of(self, one: _Placed) -> dict[str, int | str]:
        group = self._group(one)
        return {"equals": self._equals[group], "admitted": self._admitted[group]}

    def _group(self, one: _Placed) -> tuple[Word | None, bool, str, _Key]:
        return one.applicant.word, one.is_beyond, one.full, one.key[: self._length]
