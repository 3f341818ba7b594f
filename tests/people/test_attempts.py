"""How often a secret may be tried."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.people.errors import TooManyAttempts
from kstthc_training.people.models import AttemptCount
from kstthc_training.people.service import attempts
from kstthc_training.people.service.attempts import Limit, count_attempt, forgive, network_of, refuse_over, wait_for

THREE = Limit(name="test", most=3, window=timedelta(minutes=15))
OTHER = Limit(name="other", most=3, window=timedelta(minutes=15))
START = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)


def tried(times: int, *, at: datetime = START, whose: str = "an", limit: Limit = THREE) -> list[int | None]:
    waits = []
    for _ in range(times):
        with unit_of_work():
            waits.append(count_attempt(limit, whose=whose, now=at))
    return waits


def test_the_fourth_attempt_of_three_waits_for_the_next_window(app):
    assert tried(4, at=START + timedelta(minutes=5)) == [None, None, None, 600]


def test_the_window_ends_at_its_last_instant_and_not_before(app):
    tried(3)
    assert tried(1, at=START + timedelta(minutes=15) - timedelta(microseconds=1)) == [1]
    assert tried(1, at=START + timedelta(minutes=15)) == [None]


def test_a_wait_is_asked_for_without_counting(app):
    def waits(at=START, whose="an"):
        return wait_for(THREE, whose=whose, now=at)

    tried(2)
    assert [waits(), waits()] == [None, None]
    tried(1)
    assert [waits(), waits(START + timedelta(minutes=5)), waits(whose="binh")] == [900, 600, None]
    assert waits(START + timedelta(minutes=15)) is None


def test_counts_are_kept_apart_by_limit_and_by_subject(app):
    tried(4)
    assert tried(1, whose="binh") == [None]
    assert tried(1, limit=OTHER) == [None]


def test_counts_outlive_the_process_because_they_are_rows(app):
    tried(3)
    db.session.remove()
    db.engine.dispose()
    assert tried(1) == [900]


def test_forgiving_forgets_one_subject(app):
    tried(3)
    tried(3, whose="binh")
    with unit_of_work():
        forgive(THREE, whose="an")
    assert tried(1) == [None]
    assert tried(1, whose="binh") == [900]


def test_forgetting_old_windows_keeps_those_of_the_last_day(app):
    tried(1)
    tried(1, at=START + timedelta(minutes=15))
    with unit_of_work():
        attempts.forget_old(now=START + timedelta(days=1, seconds=1))
    assert [row.window_start for row in db.session.scalars(select(AttemptCount))] == [START + timedelta(minutes=15)]


def test_what_was_typed_is_not_kept_in_words(app):
    tried(1, whose="mật khẩu gõ nhầm ô")
    (row,) = db.session.scalars(select(AttemptCount)).all()
    assert "mật khẩu" not in row.subject


def test_refusing_tells_the_longest_wait():
    refuse_over(None, None)
    with pytest.raises(TooManyAttempts) as refusal:
        refuse_over(None, 30, 600)
    assert refusal.value.facts == {"retry_after": 600}


def test_parallel_attempts_are_all_counted(app):
    gate = threading.Barrier(8)

    def attempt() -> None:
        with app.app_context():
            gate.wait()
            with unit_of_work():
                count_attempt(THREE, whose="an", now=START)
            db.session.remove()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.attempts for row in db.session.scalars(select(AttemptCount))] == [8]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.20.4.31", "10.20.4.31"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:10.20.4.31", "10.20.4.31"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_network_of(address, network):
    assert network_of(address) == network
