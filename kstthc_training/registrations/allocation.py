"""Who gets a seat when more apply than there are: ordered criteria, then a draw; pure, so that the same seed gives the same
rows again.

Each criterion that ranks puts applicants in groups; the first that tells two apart decides between them. The most per
organisation sets those beyond it behind all others. A draw with the stored seed decides last, so that no two are equal.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Criterion(StrEnum):
    """What an organizer may go by, in the order of his choice."""

    MANDATORY = "mandatory"
    FIRST_OF_ORGANISATION = "first-of-organisation"
    INVITED = "invited"
    SELDOM_ADMITTED = "seldom-admitted"
    MOST_PER_ORGANISATION = "most-per-organisation"
    FIRST_COME = "first-come"
    DRAW = "draw"


@dataclass(frozen=True)
class Applicant:
    """What is known of somebody who applied; `admitted_before` counts his seats at like events of the last twelve months."""

    registration_id: int
    organisation_id: int | None
    applied_at: datetime
    is_mandatory: bool = False
    is_invited: bool = False
    admitted_before: int = 0


@dataclass(frozen=True)
class Step:
    """A criterion as chosen; only the most per organisation has a number."""

    criterion: Criterion
    most: int | None = None


@dataclass(frozen=True)
class Ranked:
    """One row of the decision: the rank from 1, whether it is within the seats, and the criterion and fact that decided."""

    registration_id: int
    rank: int
    is_admitted: bool
    rule: Criterion
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Placed:
    applicant: Applicant
    key: tuple[int | str | float, ...]
    is_beyond: bool


def allocate(applicants: Sequence[Applicant], *, steps: Sequence[Step], seats: int, seed: str) -> list[Ranked]:
    """Rank everybody, those admitted first; `seats` is how many are admitted, fewer when fewer applied.

    Without a draw among the steps one comes last. The same applicants, steps, seats and seed give the same rows in
    whatever order the applicants are handed over. ValueError for a criterion chosen twice or a most below one.
    """
    _require_sensible(steps)
    known = {applicant.registration_id for applicant in applicants}
    if len(known) != len(applicants):
        raise ValueError("an applicant stands twice in the list")
    chosen = [*steps] if any(s.criterion is Criterion.DRAW for s in steps) else [*steps, Step(Criterion.DRAW)]
    lots = {a.registration_id: _lot(seed, a.registration_id) for a in applicants}
    return _rows(_placed(applicants, chosen, lots), chosen, seats)


def _require_sensible(steps: Sequence[Step]) -> None:
    if any(count > 1 for count in Counter(step.criterion for step in steps).values()):
        raise ValueError("a criterion is chosen twice")
    for step in steps:
        if (step.criterion is Criterion.MOST_PER_ORGANISATION) != (step.most is not None and step.most >= 1):
            raise ValueError(f"{step.criterion} goes with a number of its own only for the most per organisation")


def _lot(seed: str, registration_id: int) -> str:
    """A number drawn for one applicant: SHA-256 of the seed and his registration, so that nobody can steer it by order."""
    return hashlib.sha256(f"{seed}:{registration_id}".encode()).hexdigest()


def _placed(applicants: Sequence[Applicant], steps: Sequence[Step], lots: Mapping[int, str]) -> list[_Placed]:
    """Everybody in order: first those within the most per organisation, then those beyond it, each by the criteria."""
    ranking = [step for step in steps if step.criterion is not Criterion.MOST_PER_ORGANISATION]
    most = next((step.most for step in steps if step.criterion is Criterion.MOST_PER_ORGANISATION), None)
    firsts = _firsts(applicants, ranking, lots)

    def key(applicant: Applicant) -> tuple[int | str | float, ...]:
        is_first = applicant.registration_id in firsts
        return tuple(_KEYS[step.criterion](applicant, is_first, lots[applicant.registration_id]) for step in ranking)

    ordered = sorted(applicants, key=lambda a: (key(a), lots[a.registration_id], a.registration_id))
    seen: Counter[int] = Counter()
    placed = []
    for applicant in ordered:
        own = applicant.organisation_id
        if own is not None:
            seen[own] += 1
        beyond = most is not None and own is not None and seen[own] > most and not applicant.is_mandatory
        placed.append(_Placed(applicant, key(applicant), beyond))
    return sorted(placed, key=lambda p: p.is_beyond)


def _firsts(applicants: Sequence[Applicant], ranking: Sequence[Step], lots: Mapping[int, str]) -> set[int]:
    """The one of each organisation who stands first by the other criteria."""
    others = [step for step in ranking if step.criterion is not Criterion.FIRST_OF_ORGANISATION]
    ordered = sorted(
        applicants,
        key=lambda a: (
            tuple(_KEYS[step.criterion](a, False, lots[a.registration_id]) for step in others),
            lots[a.registration_id],
            a.registration_id,
        ),
    )
    first: dict[int, int] = {}
    for applicant in ordered:
        if applicant.organisation_id is not None:
            first.setdefault(applicant.organisation_id, applicant.registration_id)
    return set(first.values())


_KEYS: Mapping[Criterion, Callable[[Applicant, bool, str], int | str | float]] = {
    Criterion.MANDATORY: lambda a, _first, _lot: 0 if a.is_mandatory else 1,
    Criterion.FIRST_OF_ORGANISATION: lambda _a, first, _lot: 0 if first else 1,
    Criterion.INVITED: lambda a, _first, _lot: 0 if a.is_invited else 1,
    Criterion.SELDOM_ADMITTED: lambda a, _first, _lot: a.admitted_before,
    Criterion.FIRST_COME: lambda a, _first, _lot: a.applied_at.timestamp(),
    Criterion.DRAW: lambda _a, _first, lot: lot,
}


def _rows(placed: Sequence[_Placed], steps: Sequence[Step], seats: int) -> list[Ranked]:
    ranking = [step.criterion for step in steps if step.criterion is not Criterion.MOST_PER_ORGANISATION]
    most = next((step.most for step in steps if step.most is not None), 0)
    border = placed[seats - 1] if 0 < seats <= len(placed) else None
    after = placed[seats] if seats < len(placed) else None
    rows = []
    for rank, one in enumerate(placed, start=1):
        is_admitted = rank <= seats
        against = after if is_admitted else border
        rule, facts = _reason(one, against, ranking, most or 0)
        rows.append(Ranked(one.applicant.registration_id, rank, is_admitted, rule, facts))
    return rows


def _reason(
    one: _Placed, against: _Placed | None, ranking: Sequence[Criterion], most: int
) -> tuple[Criterion, dict[str, int]]:
    """The first criterion that told somebody apart from the one on the other side of the border.

    With seats for all there is no other side: then it is the first criterion that speaks for him, or the order.
    """
    if one.is_beyond and (against is None or not against.is_beyond):
        return Criterion.MOST_PER_ORGANISATION, {"most": most}
    if against is not None and against.is_beyond and not one.is_beyond:
        against = None
    for place, criterion in enumerate(ranking):
        told_apart = one.key[place] != against.key[place] if against else _speaks_for(criterion, one)
        if told_apart:
            return criterion, _facts(criterion, one)
    return ranking[-1], {}


def _speaks_for(criterion: Criterion, one: _Placed) -> bool:
    if criterion is Criterion.MANDATORY:
        return one.applicant.is_mandatory
    return criterion is not Criterion.INVITED or one.applicant.is_invited


def _facts(criterion: Criterion, one: _Placed) -> dict[str, int]:
    return {"admitted_before": one.applicant.admitted_before} if criterion is Criterion.SELDOM_ADMITTED else {}
