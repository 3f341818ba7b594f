"""Turns of the worker at jobs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.enums import JobState, KnownTrouble
from kstthc_training.outbox.job_round import JobRound
from kstthc_training.outbox.models import Job
from kstthc_training.outbox.service import plan_job
from kstthc_training.outbox.wiring import JobHandler, Wiring


def round_with(**jobs: JobHandler) -> JobRound:
    return JobRound(Wiring(jobs=jobs, daily={}, links={}, sender_name=lambda at: ""), worker="one")


def planned(kind: str, run_at: datetime, **payload: Any) -> None:
    with unit_of_work():
        plan_job(kind=kind, key=f"{kind}:{run_at}", payload=payload, run_at=run_at, now=run_at)


def stored() -> list[tuple[str, JobState, int, str | None]]:
    db.session.rollback()
    return [
        (each.kind, each.state, each.tries, each.last_error) for each in db.session.scalars(select(Job).order_by(Job.id))
    ]


def test_handler_gets_payload_and_time_and_opens_its_own_unit_of_work(app: Flask, now: datetime) -> None:
    seen: list[tuple[Mapping[str, Any], datetime]] = []

    def remind(payload: Mapping[str, Any], at: datetime) -> None:
        seen.append((dict(payload), at))
        with unit_of_work():
            plan_job(kind="next", key="next", payload={}, run_at=at + timedelta(days=1), now=at)

    planned("remind", now, event=3)

    more = round_with(remind=remind).turn()

    assert (more, seen) == (True, [({"event": 3}, now)])
    assert stored() == [("remind", JobState.DONE, 1, None), ("next", JobState.WAITING, 0, None)]


def test_nothing_due_is_no_turn(app: Flask, now: datetime) -> None:
    planned("remind", now + timedelta(seconds=1))

    assert (round_with().turn(), stored()) == (False, [("remind", JobState.WAITING, 0, None)])


def test_unknown_kind_fails_with_its_reason(app: Flask, now: datetime) -> None:
    planned("unheard-of", now)

    round_with().turn()

    assert stored() == [("unheard-of", JobState.FAILED, 1, KnownTrouble.NO_HANDLER)]


def test_failing_handler_is_tried_again_leaves_nothing_and_blocks_no_other(app: Flask, now: datetime) -> None:
    ran: list[int] = []

    def breaks(payload: Mapping[str, Any], at: datetime) -> None:
        with unit_of_work():
            plan_job(kind="half-done", key="half-done", payload={}, run_at=at, now=at)
            raise ValueError("no such event")

    planned("breaks", now - timedelta(hours=1))
    planned("works", now)
    turns = round_with(breaks=breaks, works=lambda payload, at: ran.append(1))

    assert [turns.turn(), turns.turn(), turns.turn()] == [True, True, False]
    assert ran == [1]
    assert stored() == [("breaks", JobState.WAITING, 1, "ValueError: no such event"), ("works", JobState.DONE, 1, None)]


def test_handler_that_forgets_an_open_transaction_harms_no_later_one(app: Flask, now: datetime) -> None:
    def forgets(payload: Mapping[str, Any], at: datetime) -> None:
        db.session.add(Job(key="stray", kind="stray", payload={}, created_at=at, run_at=at))
        db.session.flush()

    planned("forgets", now)

    round_with(forgets=forgets).turn()

    assert stored() == [("forgets", JobState.DONE, 1, None)]


def test_long_reason_is_cut(app: Flask, now: datetime) -> None:
    def breaks(payload: Mapping[str, Any], at: datetime) -> None:
        raise ValueError("x" * 1000)

    planned("breaks", now)
    round_with(breaks=breaks).turn()

    ((_, _, _, reason),) = stored()
    assert reason and len(reason) == 300


@pytest.mark.parametrize("kind", ["", "remind"])
def test_job_is_in_hand_only_while_it_runs(app: Flask, now: datetime, kind: str) -> None:
    seen: list[tuple[int, ...]] = []
    planned(kind or "other", now)
    turns = round_with(remind=lambda payload, at: seen.append(turns.in_hand))

    turns.turn()

    job_id = db.session.scalars(select(Job.id)).one()
    assert (seen, turns.in_hand) == ([(job_id,)] if kind else [], ())
