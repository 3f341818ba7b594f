"""The worker's chores."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import housekeeping, queries, queue, service
from kstthc_training.outbox.composing import Mail
from kstthc_training.outbox.delivery import MaildirCarrier
from kstthc_training.outbox.enums import JobState
from kstthc_training.outbox.housekeeping import Housekeeping
from kstthc_training.outbox.job_round import JobRound
from kstthc_training.outbox.letter_round import LetterRound
from kstthc_training.outbox.models import Job, Message
from tests.outbox.letters import letter, posted

Chores = Callable[..., Housekeeping]


@pytest.fixture
def settings(app: Flask) -> Config:
    return app.config["SETTINGS"]


@pytest.fixture
def chores(app: Flask, settings: Config, monkeypatch: pytest.MonkeyPatch) -> Chores:
    """Housekeeping whose hour has always come."""
    monkeypatch.setattr(housekeeping, "BEAT_EVERY", 0.0)
    monkeypatch.setattr(housekeeping, "ERASE_EVERY", 0.0)

    def make(in_hand: tuple[int, ...] = (), trouble: str | None = None, **daily: time) -> Housekeeping:
        wiring = replace(app.extensions["outbox"], daily=daily)
        letters = LetterRound(settings, wiring, worker="one", stopping=threading.Event())
        letters.in_hand, letters.trouble = in_hand, trouble
        return Housekeeping(settings, wiring, letters, JobRound(wiring, worker="one"), worker="one")

    return make


def test_worker_is_seen_with_what_troubles_it(chores: Chores, now: datetime) -> None:
    chores(trouble="535 wrong password").turn()

    (worker,) = queries.workers()
    assert (worker.name, worker.seen_at, worker.line_trouble) == ("one", now, "535 wrong password")


def test_what_is_in_hand_is_renewed_and_what_was_left_behind_is_found(chores: Chores, now: datetime) -> None:
    held, left = posted("a@mau.example"), posted("b@mau.example")
    with unit_of_work():
        queue.claim(queries.letter_is_due(now), Message, worker="one", limit=2, now=now)

    with clock.frozen(now + queue.LEASE):
        chores(in_hand=(held,)).turn()

    assert [letter(held).claimed_by, letter(left).claimed_by] == ["one", None]


def planned() -> list[tuple[str, str, dict[str, str], datetime]]:
    db.session.rollback()
    return [(each.kind, each.key, each.payload, each.run_at) for each in db.session.scalars(select(Job).order_by(Job.id))]


def test_daily_job_is_planned_once_a_day_from_its_hour(chores: Chores, now: datetime) -> None:
    assert clock.local(now).hour == 9
    early = now - timedelta(minutes=1)
    turns = chores(tidy=time(9, 0), later=time(9, 1))
    with clock.frozen(early):
        turns.turn()
    before = planned()

    turns.turn()
    turns.turn()
    chores(tidy=time(9, 0)).turn()  # another worker

    assert before == []
    assert planned() == [("tidy", "tidy:2026-03-18", {"day": "2026-03-18"}, now)]


def test_daily_job_is_planned_again_the_next_day_by_the_provinces_calendar(chores: Chores, now: datetime) -> None:
    turns = chores(tidy=time(0, 0))
    turns.turn()

    with clock.frozen(now + timedelta(hours=14, minutes=59)):  # 23:59
        turns.turn()
    with clock.frozen(now + timedelta(hours=15)):  # midnight
        turns.turn()

    assert [key for _, key, _, _ in planned()] == ["tidy:2026-03-18", "tidy:2026-03-19"]


def mail(message_id: str) -> Mail:
    return Mail("vp@mau.example", "a@mau.example", message_id, b"Message-ID: x")


def test_text_is_erased_after_seven_days_in_the_database_and_in_the_maildir(
    chores: Chores, settings: Config, now: datetime
) -> None:
    old, fresh = posted("a@mau.example"), posted("b@mau.example")
    box = MaildirCarrier(settings.maildir)
    with unit_of_work():
        for each, days in zip(
            queue.claim(queries.letter_is_due(now), Message, worker="one", limit=2, now=now), (8, 6), strict=True
        ):
            queue.letters_sent({each: ""}, now=now - timedelta(days=days))
            box.carry(mail(each.message_id))

    chores().turn()

    assert [letter(old).body, letter(fresh).body is None] == [None, False]
    assert [box.path(letter(each).message_id).exists() for each in (old, fresh)] == [False, True]


def test_text_of_a_failed_letter_is_kept_a_month(chores: Chores, now: datetime) -> None:
    failed = posted()
    with unit_of_work():
        (taken,) = queue.claim(queries.letter_is_due(now), Message, worker="one", limit=1, now=now)
        queue.refuse_letter(taken, reason="550", now=clock.now())

    with clock.frozen(now + timedelta(days=30)):
        chores().turn()
    kept = letter(failed).body
    with clock.frozen(now + timedelta(days=30, seconds=1)):
        chores().turn()

    assert (kept is None, letter(failed).body) == (False, None)


def test_finished_jobs_go_after_two_weeks_and_failed_ones_stay(chores: Chores, now: datetime) -> None:
    with unit_of_work():
        for key in ("done", "failed", "waiting"):
            service.plan_job(kind="tidy", key=key, payload={}, run_at=now + timedelta(days=99), now=now)
        by_key = {each.key: each for each in db.session.scalars(select(Job))}
        queue.job_done(by_key["done"], now=now)
        by_key["failed"].state = JobState.FAILED

    kept = []
    for later in (timedelta(days=14), timedelta(days=14, seconds=1)):
        with clock.frozen(now + later):
            chores().turn()
        kept.append([key for _, key, _, _ in planned()])

    assert kept == [["done", "failed", "waiting"], ["failed", "waiting"]]


def test_beats_are_apart(chores: Chores, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = chores()
    monkeypatch.setattr(housekeeping, "BEAT_EVERY", 60.0)
    turns.turn()

    with clock.frozen(now + timedelta(seconds=1)):
        turns.turn()

    assert queries.worker_seen_at() == now
