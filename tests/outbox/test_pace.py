"""How many letters go out a minute, in all and to one host, whoever carries them."""

import threading
from datetime import datetime, timedelta

from flask import Flask

from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.pace import Pace, next_letters
from tests.outbox.letters import letter, posted

MINUTE = timedelta(minutes=1)


def at(host: str, count: int) -> list[int]:
    return [posted(f"{n}@{host}") for n in range(count)]


def taken(pace: Pace, now: datetime, *, worker: str = "w", limit: int = 50) -> list[int]:
    with unit_of_work():
        wanted = queries.letter_is_due(now)
        return [each.id for each in queue.claim_letters(wanted, worker=worker, limit=limit, pace=pace, now=now)]


def test_host_that_had_its_share_waits_and_holds_up_no_other(app: Flask, now: datetime) -> None:
    slow, other = at("slow.example", 5), at("other.example", 1)
    pace = Pace(to_host=2)

    assert taken(pace, now) == [*slow[:2], *other]
    assert taken(pace, now + MINUTE - timedelta(seconds=1)) == []
    assert taken(pace, now + MINUTE) == slow[2:4]


def test_hosts_are_told_apart_whatever_their_case(app: Flask, now: datetime) -> None:
    first, second = posted("a@Mau.example"), posted("b@MAU.example")

    assert (taken(Pace(to_host=1), now), letter(second).host) == ([first], "mau.example")


def test_all_letters_together_keep_their_pace(app: Flask, now: datetime) -> None:
    ids = [*at("a.example", 2), *at("b.example", 2)]
    pace = Pace(in_all=3, to_host=2)

    assert taken(pace, now) == ids[:3]
    assert taken(pace, now + timedelta(seconds=30)) == []
    assert taken(pace, now + MINUTE) == ids[3:]


def test_letters_put_back_untried_count_for_nothing(app: Flask, now: datetime) -> None:
    ids = at("a.example", 2)
    with unit_of_work():
        wanted = queries.letter_is_due(now)
        queue.put_back(queue.claim_letters(wanted, worker="w", limit=5, pace=Pace(to_host=2), now=now))

    assert taken(Pace(to_host=2), now) == ids


def test_long_queue_to_a_slow_host_is_passed_by(app: Flask, now: datetime) -> None:
    at("slow.example", 60)
    last = posted("a@other.example")
    pace = Pace(to_host=1)
    taken(pace, now, limit=1)

    with unit_of_work():
        assert next_letters(queries.letter_is_due(now), pace, limit=5, now=now) == [last]


def test_workers_that_claim_at_once_keep_the_pace_together(app: Flask, now: datetime) -> None:
    at("a.example", 30)
    start, claims = threading.Barrier(4), list[int]()

    def claim(name: str) -> None:
        start.wait()
        for _ in range(3):
            with app.app_context():
                claims.extend(taken(Pace(to_host=7), now, worker=name, limit=3))

    hands = [threading.Thread(target=claim, args=(str(n),)) for n in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert len(claims) == len(set(claims)) == 7


def test_end_is_told_by_the_slowest_host(now: datetime, app: Flask) -> None:
    waiting = {"a.example": 120, "b.example": 10}

    assert Pace(in_all=60).ends(waiting, now=now) == now + timedelta(seconds=130)
    assert Pace(in_all=60, to_host=30).ends(waiting, now=now) == now + 4 * MINUTE
    assert Pace().ends({}, now=now) == now
