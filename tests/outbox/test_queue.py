"""Claims, leases, pauses and erasing."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue, service
from kstthc_training.outbox.enums import JobState, KnownTrouble, MessageState
from kstthc_training.outbox.models import Job, Message, Worker
from tests.outbox.letters import letter, posted

MINUTE = timedelta(minutes=1)


def claimed(now: datetime, *, worker: str = "one", limit: int = 10) -> list[Message]:
    with unit_of_work():
        return list(queue.claim(queries.letter_is_due(now), Message, worker=worker, limit=limit, now=now))


def job(now: datetime) -> Job:
    with unit_of_work():
        service.plan_job(kind="remind", key="remind:1", payload={}, run_at=now, now=now)
    return claimed_job(now)


def claimed_job(now: datetime) -> Job:
    with unit_of_work():
        return queue.claim(queries.job_is_due(now), Job, worker="one", limit=1, now=now)[0]


def stored_job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def test_claim_takes_the_longest_due_up_to_the_limit(app: Flask, now: datetime) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(3)]
    with unit_of_work() as session:
        session.execute(update(Message).where(Message.id == ids[2]).values(run_at=now - MINUTE))

    assert [each.id for each in claimed(now, limit=2)] == [ids[2], ids[0]]


def test_claim_leaves_what_is_in_other_hands_or_not_due(app: Flask, now: datetime) -> None:
    first = posted("a@mau.example")
    claimed(now)
    later = posted("b@mau.example")
    with unit_of_work() as session:
        session.execute(update(Message).where(Message.id == later).values(run_at=now + MINUTE))

    assert claimed(now, worker="two") == []
    assert [each.id for each in claimed(now + MINUTE, worker="two")] == [later]
    held = letter(first)
    assert (held.claimed_by, held.lease_until, held.tries) == ("one", now + queue.LEASE, 1)


def test_sent_letter_is_free_and_says_when(app: Flask, now: datetime) -> None:
    letter_id = posted()
    (taken,) = claimed(now)

    with unit_of_work():
        queue.letters_sent({taken: ""}, now=now + MINUTE)

    sent = letter(letter_id)
    assert (sent.state, sent.sent_at, sent.claimed_by, sent.lease_until) == (MessageState.SENT, now + MINUTE, None, None)


@pytest.mark.parametrize(
    ("age", "pause"),
    [
        (timedelta(0), MINUTE),
        (timedelta(seconds=61), timedelta(seconds=61)),
        (timedelta(hours=3), timedelta(hours=3)),
        (timedelta(hours=30), timedelta(hours=4)),
        (timedelta(days=3) - timedelta(seconds=1), timedelta(hours=4)),
    ],
)
def test_pause_of_a_letter_is_its_age_from_a_minute_to_four_hours(
    app: Flask, now: datetime, age: timedelta, pause: timedelta
) -> None:
    letter_id = posted()
    (taken,) = claimed(now + age)

    with unit_of_work():
        queue.pause_letter(taken, reason="451 later", now=now + age)

    paused = letter(letter_id)
    assert (paused.state, paused.run_at, paused.last_error) == (MessageState.WAITING, now + age + pause, "451 later")
    is_paused = queries.any_letter(queries.letter_is_paused(now + age))
    assert (paused.claimed_by, queries.letters_due(now + age), is_paused) == (None, False, True)


def test_letter_is_given_up_after_three_days(app: Flask, now: datetime) -> None:
    letter_id = posted()
    (taken,) = claimed(now + timedelta(days=3))

    with unit_of_work():
        queue.pause_letter(taken, reason="451 later", now=now + timedelta(days=3))

    assert (letter(letter_id).state, letter(letter_id).last_error) == (MessageState.FAILED, "451 later")


def test_put_back_letter_is_due_as_before_and_counts_no_try(app: Flask, now: datetime) -> None:
    letter_id = posted()
    taken = claimed(now)

    with unit_of_work():
        queue.put_back(taken)

    back = letter(letter_id)
    assert (back.run_at, back.tries, back.claimed_by, queries.letters_due(now)) == (now, 0, None, True)


def test_what_another_worker_took_meanwhile_is_left_to_it(app: Flask, now: datetime) -> None:
    letter_id = posted()
    (slow,) = claimed(now)
    late = now + queue.LEASE
    with unit_of_work():
        queue.find_lost(now=late)
    claimed(late, worker="two")

    with unit_of_work():
        queue.pause_letter(slow, reason="too late", now=late)

    assert (letter(letter_id).claimed_by, letter(letter_id).last_error) == ("two", KnownTrouble.WORKER_LOST)


def test_lost_letter_waits_again_when_the_lease_runs_out_and_not_before(app: Flask, now: datetime) -> None:
    letter_id = posted()
    claimed(now)

    with unit_of_work():
        early = queue.find_lost(now=now + queue.LEASE - timedelta(seconds=1))
    with unit_of_work():
        found = queue.find_lost(now=now + queue.LEASE)

    assert (early, found) == (0, 1)
    assert (letter(letter_id).claimed_by, letter(letter_id).last_error) == (None, KnownTrouble.WORKER_LOST)
    assert queries.letters_due(now)


def test_renewed_lease_is_not_lost(app: Flask, now: datetime) -> None:
    held, left = posted("a@mau.example"), posted("b@mau.example")
    claimed(now)
    with unit_of_work():
        queue.renew_leases(Message, [held], worker="one", now=now + MINUTE)
        queue.renew_leases(Message, [left], worker="two", now=now + MINUTE)

    with unit_of_work():
        found = queue.find_lost(now=now + MINUTE)

    assert (found, letter(held).claimed_by, letter(left).claimed_by) == (1, "one", None)


def test_paused_letters_are_hastened_but_not_those_in_hand(app: Flask, now: datetime) -> None:
    paused, new = posted("a@mau.example"), posted("b@mau.example")
    (taken,) = claimed(now, limit=1)
    with unit_of_work():
        queue.pause_letter(taken, reason="451", now=now)

    with unit_of_work():
        hastened = queue.hasten_paused_letters(now=now)

    assert (hastened, letter(paused).run_at, letter(new).run_at) == (1, now, now)


def test_pauses_of_a_job_double_and_the_tenth_failure_is_the_last(app: Flask, now: datetime) -> None:
    taken, pauses = job(now), []
    for _ in range(9):
        with unit_of_work():
            queue.pause_job(taken, reason="ValueError: no", now=now)
        waiting = stored_job()
        pauses.append((waiting.run_at - now) // MINUTE)
        now = waiting.run_at
        taken = claimed_job(now)

    with unit_of_work():
        queue.pause_job(taken, reason="ValueError: still no", now=now)

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert (stored_job().state, stored_job().tries, stored_job().last_error) == (JobState.FAILED, 10, "ValueError: still no")


def test_job_that_ended_ten_workers_has_failed(app: Flask, now: datetime) -> None:
    job(now)
    for tries in range(2, 11):
        now += queue.LEASE
        with unit_of_work():
            assert queue.find_lost(now=now) == 1
        assert claimed_job(now).tries == tries

    with unit_of_work():
        queue.find_lost(now=now + queue.LEASE)

    assert (stored_job().state, stored_job().last_error) == (JobState.FAILED, KnownTrouble.WORKER_LOST)


def test_worker_that_leaves_lays_down_what_it_holds(app: Flask, now: datetime) -> None:
    letter_id = posted()
    claimed(now)
    with unit_of_work():
        queue.see_worker(worker="one", trouble=None, now=now)
        queue.see_worker(worker="two", trouble="no route", now=now + MINUTE)
    seen = queries.worker_seen_at()

    with unit_of_work():
        queue.leave(worker="one")

    assert seen == now + MINUTE
    assert (letter(letter_id).claimed_by, queries.letters_due(now)) == (None, True)
    assert [(each.name, each.line_trouble) for each in queries.workers()] == [("two", "no route")]


def test_silent_worker_is_forgotten_by_one_that_lives(app: Flask, now: datetime) -> None:
    with unit_of_work():
        queue.see_worker(worker="one", trouble=None, now=now)
    with unit_of_work():
        queue.see_worker(worker="two", trouble=None, now=now + timedelta(minutes=5, seconds=1))

    assert db.session.scalars(select(Worker.name)).all() == ["two"]


def test_bodies_are_erased_after_their_time_and_rows_stay(app: Flask, now: datetime) -> None:
    old, fresh, failed, waiting = (posted(f"{n}@mau.example", calendar="BEGIN", calendar_method="REQUEST") for n in range(4))
    taken = claimed(now, limit=3)
    with unit_of_work():
        queue.letters_sent({taken[0]: ""}, now=now - timedelta(days=8))
        queue.letters_sent({taken[1]: ""}, now=now - timedelta(days=7))
        queue.refuse_letter(taken[2], reason="550", now=now)

    with unit_of_work():
        erased = queue.erase_bodies(sent_before=now - timedelta(days=7), failed_before=now + MINUTE)

    assert sorted(erased) == sorted([letter(old).message_id, letter(failed).message_id])
    assert [letter(n).body is None for n in (old, fresh, failed, waiting)] == [True, False, True, False]
    assert (letter(old).calendar, letter(old).subject) == (None, "Xác nhận đăng ký")
    with unit_of_work():
        assert queue.erase_bodies(sent_before=now - timedelta(days=7), failed_before=now + MINUTE) == []
