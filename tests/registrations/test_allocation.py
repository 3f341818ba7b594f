from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kstthc_training.registrations.allocation import Applicant, Criterion, Reason, Step, Word, allocate

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
ALL = [
    Step(Criterion.MANDATORY), Step(Criterion.FIRST_OF_ORGANISATION), Step(Criterion.INVITED),
    Step(Criterion.SELDOM_ADMITTED), Step(Criterion.MOST_PER_ORGANISATION, most=2), Step(Criterion.FIRST_COME),
    Step(Criterion.DRAW),
]  # fmt: skip
TRIALS = range(60)


def an_applicant(number, **fields):
    return Applicant(number, **({"organisation_id": number, "applied_at": START + timedelta(minutes=number)} | fields))


def a_crowd(chance, size=None):
    """People of a few organisations with every trait at random; the free seats of a limit are the same for all."""
    limits = {f"organisation:{number}": chance.randint(0, 4) for number in range(6)}
    crowd = []
    for number in range(1, (size or chance.randint(1, 40)) + 1):
        own = chance.choice([None, *range(6)])
        named = f"organisation:{own}"
        crowd.append(
            Applicant(
                number, own, START + timedelta(minutes=chance.randint(0, 30)), chance.random() < 0.2, chance.random() < 0.3,
                chance.randint(0, 3), ((named, limits[named]),) if own is not None and own % 2 else (),
                chance.choice([None] * 8 + [Word.PINNED, Word.LAST]),
            )
        )  # fmt: skip
    return crowd


def some_steps(chance):
    return chance.sample(ALL, chance.randint(0, len(ALL)))


def a_case(trial):
    chance = Random(trial)
    return chance, a_crowd(chance), some_steps(chance), chance.randint(0, 30)


def ids(rows, *, admitted=True):
    return [row.registration_id for row in rows if row.is_admitted is admitted]


@pytest.mark.parametrize("trial", TRIALS)
def test_same_seed_gives_the_same_rows_in_whatever_order_people_are_handed_over(trial):
    chance, crowd, steps, seats = a_case(trial)
    rows = allocate(crowd, steps=steps, seats=seats, seed="7F3A")
    chance.shuffle(crowd)
    assert allocate(crowd, steps=steps, seats=seats, seed="7F3A") == rows


@pytest.mark.parametrize("trial", TRIALS)
def test_everybody_stands_once_in_the_rows_with_ranks_without_gaps_and_those_admitted_first(trial):
    _, crowd, steps, seats = a_case(trial)
    rows = allocate(crowd, steps=steps, seats=seats, seed="s")
    assert sorted(row.registration_id for row in rows) == sorted(a.registration_id for a in crowd)
    assert [row.rank for row in rows] == list(range(1, len(crowd) + 1))
    assert [row.is_admitted for row in rows] == sorted((row.is_admitted for row in rows), reverse=True)


@pytest.mark.parametrize("trial", TRIALS)
def test_without_limits_exactly_the_seats_are_given_out_or_as_many_as_apply(trial):
    _, crowd, steps, seats = a_case(trial)
    rows = allocate([replace(a, limits=()) for a in crowd], steps=steps, seats=seats, seed="s")
    assert len(ids(rows)) == min(seats, len(crowd))


@pytest.mark.parametrize("trial", TRIALS)
def test_no_limit_is_passed_and_nobody_waits_for_a_seat_that_he_could_have(trial):
    _, crowd, steps, seats = a_case(trial)
    rows = allocate(crowd, steps=steps, seats=seats, seed="s")
    by_id = {a.registration_id: a for a in crowd}
    taken = Counter(limit for number in ids(rows) for limit, _ in by_id[number].limits)
    rooms = {limit: room for a in crowd for limit, room in a.limits}
    assert {limit: count for limit, count in taken.items() if count > rooms[limit]} == {}
    left = seats - len(ids(rows))
    could = [n for n in ids(rows, admitted=False) if left and all(taken[x] < rooms[x] for x, _ in by_id[n].limits)]
    assert (left >= 0, could) == (True, [])


@pytest.mark.parametrize("trial", TRIALS)
def test_whoever_is_admitted_is_better_by_the_criteria_than_whoever_waits(trial):
    """Written without the keys of the function itself: pairs compared by the criteria one after the other."""
    _, crowd, steps, seats = a_case(trial)
    crowd = [replace(a, limits=(), word=None) for a in crowd]
    steps = [s for s in steps if s.criterion not in (Criterion.FIRST_OF_ORGANISATION, Criterion.MOST_PER_ORGANISATION)]
    rows, by_id = allocate(crowd, steps=steps, seats=seats, seed="s"), {a.registration_id: a for a in crowd}
    measures = {
        Criterion.MANDATORY: lambda a: not a.is_mandatory,
        Criterion.INVITED: lambda a: not a.is_invited,
        Criterion.SELDOM_ADMITTED: lambda a: a.admitted_before,
        Criterion.FIRST_COME: lambda a: a.applied_at,
    }
    for winner in ids(rows):
        for loser in ids(rows, admitted=False):
            for step in steps:
                if step.criterion is Criterion.DRAW:
                    break
                mine, other = measures[step.criterion](by_id[winner]), measures[step.criterion](by_id[loser])
                assert mine <= other
                if mine < other:
                    break


@pytest.mark.parametrize("trial", TRIALS)
def test_most_per_organisation_is_kept_as_long_as_anybody_within_it_waits(trial):
    _, crowd, _, seats = a_case(trial)
    crowd = [replace(a, limits=(), word=None, is_mandatory=False) for a in crowd]
    rows = allocate(crowd, steps=ALL, seats=seats, seed="s")
    by_id = {a.registration_id: a for a in crowd}
    seated = Counter(by_id[n].organisation_id for n in ids(rows))
    within = [
        n for n in ids(rows, admitted=False)
        if by_id[n].organisation_id is None or seated[by_id[n].organisation_id] < 2
    ]  # fmt: skip
    over = {own: count for own, count in seated.items() if own is not None and count > 2}
    assert not (within and over)


@pytest.mark.parametrize("trial", TRIALS)
def test_every_organisation_has_somebody_before_any_has_a_second(trial):
    chance, crowd, _, seats = a_case(trial)
    crowd = [replace(a, limits=(), word=None) for a in crowd]
    rows = allocate(crowd, steps=[Step(Criterion.FIRST_OF_ORGANISATION)], seats=seats, seed=str(chance.random()))
    by_id = {a.registration_id: a for a in crowd}
    seated = Counter(by_id[n].organisation_id for n in ids(rows))
    without = {by_id[n].organisation_id for n in ids(rows, admitted=False)} - set(seated)
    several = {own for own, count in seated.items() if own is not None and count > 1}
    assert not (without and several)


@pytest.mark.parametrize("trial", TRIALS)
def test_every_row_says_why_and_by_a_criterion_that_was_chosen(trial):
    _, crowd, steps, seats = a_case(trial)
    chosen = {Reason(step.criterion.value) for step in steps} | {Reason.DRAW}
    for row in allocate(crowd, steps=steps, seats=seats, seed="s"):
        word = crowd[row.registration_id - 1].word
        if word is not None:
            assert row.rule == word.value
        elif row.is_admitted:
            assert row.rule in chosen | {Reason.ENOUGH_SEATS}
        else:
            assert row.rule in chosen | {Reason.LIMIT, Reason.NO_SEATS}


def test_mandatory_people_go_first():
    rows = allocate(
        [an_applicant(1), an_applicant(2, is_mandatory=True)], steps=[Step(Criterion.MANDATORY)], seats=1, seed="s"
    )
    assert [(r.registration_id, r.is_admitted, r.rule) for r in rows] == [(2, True, "mandatory"), (1, False, "mandatory")]


def test_invited_people_go_first():
    rows = allocate([an_applicant(1), an_applicant(2, is_invited=True)], steps=[Step(Criterion.INVITED)], seats=1, seed="s")
    assert [(r.registration_id, r.rule) for r in rows] == [(2, "invited"), (1, "invited")]


def test_whoever_was_admitted_less_often_goes_first_and_both_are_told_how_often():
    crowd = [an_applicant(1, admitted_before=3), an_applicant(2), an_applicant(3, admitted_before=1)]
    rows = allocate(crowd, steps=[Step(Criterion.SELDOM_ADMITTED)], seats=1, seed="s")
    assert [(r.registration_id, dict(r.facts)) for r in rows] == [
        (2, {"admitted_before": 0}), (3, {"admitted_before": 1}), (1, {"admitted_before": 3}),
    ]  # fmt: skip


def test_first_come_is_first_served_when_that_is_the_rule():
    rows = allocate(
        [an_applicant(2), an_applicant(1), an_applicant(3)], steps=[Step(Criterion.FIRST_COME)], seats=2, seed="s"
    )
    assert [(r.registration_id, r.rule) for r in rows] == [(1, "first-come"), (2, "first-come"), (3, "first-come")]


def test_first_of_an_organisation_is_its_best_by_the_other_criteria():
    crowd = [an_applicant(1, organisation_id=7), an_applicant(2, organisation_id=7, is_invited=True), an_applicant(3)]
    rows = allocate(crowd, steps=[Step(Criterion.FIRST_OF_ORGANISATION), Step(Criterion.INVITED)], seats=2, seed="s")
    assert sorted(ids(rows)) == [2, 3]
    assert [r.rule for r in rows] == ["first-of-organisation"] * 3


def test_people_without_an_organisation_stand_each_for_himself():
    crowd = [an_applicant(n, organisation_id=None) for n in (1, 2)] + [an_applicant(n, organisation_id=9) for n in (3, 4)]
    rows = allocate(crowd, steps=[Step(Criterion.FIRST_OF_ORGANISATION), Step(Criterion.FIRST_COME)], seats=3, seed="s")
    assert sorted(ids(rows)) == [1, 2, 3]


def test_those_beyond_the_most_per_organisation_come_behind_all_others():
    crowd = [an_applicant(n, organisation_id=7) for n in (1, 2, 3)] + [an_applicant(4)]
    steps = [Step(Criterion.MOST_PER_ORGANISATION, most=2), Step(Criterion.FIRST_COME)]
    rows = allocate(crowd, steps=steps, seats=3, seed="s")
    assert [(r.registration_id, r.is_admitted) for r in rows] == [(1, True), (2, True), (4, True), (3, False)]
    assert {(r.rule, r.facts["most"]) for r in rows} == {("most-per-organisation", 2)}


def test_most_per_organisation_does_not_bind_those_who_must_come():
    crowd = [an_applicant(n, organisation_id=7, is_mandatory=True) for n in (1, 2)]
    rows = allocate(crowd, steps=[Step(Criterion.MOST_PER_ORGANISATION, most=1)], seats=2, seed="s")
    assert [r.rule for r in rows] == ["enough-seats", "enough-seats"]


def test_draw_says_among_how_many_equals_and_a_new_seed_draws_anew():
    crowd = [an_applicant(n) for n in range(1, 31)]
    rows = allocate(crowd, steps=[Step(Criterion.DRAW)], seats=7, seed="7F3A")
    assert {(r.rule, r.facts["equals"], r.facts["admitted"]) for r in rows} == {("draw", 30, 7)}
    assert ids(allocate(crowd, steps=[], seats=7, seed="7F3B")) != ids(rows)


def test_draw_favours_nobody():
    crowd = [an_applicant(n) for n in range(1, 11)]
    won = Counter(n for seed in range(2000) for n in ids(allocate(crowd, steps=[], seats=3, seed=str(seed))))
    assert all(500 < won[n] < 700 for n in range(1, 11))  # 600 expected; 700 is five standard deviations off


def test_draw_above_other_criteria_leaves_nothing_to_them():
    crowd = [an_applicant(n) for n in range(1, 11)]
    first = allocate(crowd, steps=[Step(Criterion.DRAW), Step(Criterion.FIRST_COME)], seats=3, seed="s")
    assert ids(first) == ids(allocate(crowd, steps=[Step(Criterion.DRAW)], seats=3, seed="s"))


def test_pinned_go_before_all_and_those_put_last_behind_all_whatever_speaks_for_them():
    crowd = [
        an_applicant(1, is_mandatory=True, word=Word.LAST),
        an_applicant(2, is_mandatory=True),
        an_applicant(3, word=Word.PINNED),
    ]
    rows = allocate(crowd, steps=ALL, seats=2, seed="s")
    assert [(r.registration_id, r.is_admitted, r.rule) for r in rows] == [
        (3, True, "pinned"), (2, True, "enough-seats"), (1, False, "put-last"),
    ]  # fmt: skip


def test_pinned_person_counts_for_his_organisation():
    crowd = [an_applicant(1, organisation_id=7), an_applicant(2, organisation_id=7, word=Word.PINNED), an_applicant(3)]
    steps = [Step(Criterion.MOST_PER_ORGANISATION, most=1), Step(Criterion.FIRST_COME)]
    assert ids(allocate(crowd, steps=steps, seats=2, seed="s")) == [2, 3]


def test_limit_reached_passes_somebody_over_while_there_are_seats():
    crowd = [an_applicant(n, organisation_id=7, limits=(("organisation:7", 1),)) for n in (1, 2)] + [an_applicant(3)]
    rows = allocate(crowd, steps=[Step(Criterion.FIRST_COME)], seats=2, seed="s")
    assert [(r.registration_id, r.is_admitted, r.rule) for r in rows] == [
        (1, True, "enough-seats"), (3, True, "enough-seats"), (2, False, "limit-reached"),
    ]  # fmt: skip
    assert rows[2].facts == {"limit": "organisation:7"}


def test_seats_for_all_and_for_nobody_say_so():
    crowd = [an_applicant(1), an_applicant(2)]
    assert [r.rule for r in allocate(crowd, steps=ALL, seats=5, seed="s")] == ["enough-seats"] * 2
    assert [(r.is_admitted, r.rule) for r in allocate(crowd, steps=ALL, seats=0, seed="s")] == [(False, "no-seats")] * 2


@pytest.mark.parametrize(
    "steps",
    [
        [Step(Criterion.DRAW), Step(Criterion.DRAW)],
        [Step(Criterion.MOST_PER_ORGANISATION)],
        [Step(Criterion.MOST_PER_ORGANISATION, most=0)],
        [Step(Criterion.DRAW, most=2)],
    ],
)
def test_senseless_criteria_are_refused(steps):
    with pytest.raises(ValueError, match=r"criterion|number"):
        allocate([an_applicant(1)], steps=steps, seats=1, seed="s")


def test_senseless_lists_are_refused():
    with pytest.raises(ValueError, match="twice"):
        allocate([an_applicant(1), an_applicant(1)], steps=[], seats=1, seed="s")
    with pytest.raises(ValueError, match="seats"):
        allocate([an_applicant(1)], steps=[], seats=-1, seed="s")
