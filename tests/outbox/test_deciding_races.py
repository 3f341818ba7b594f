"""Two people decide about the same letters at once, while a worker takes them: each goes one way, and its path says so."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue, service
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.errors import AddressChanged
from kstthc_training.outbox.models import Message, Step
from kstthc_training.outbox.service import NewAddress
from tests.outbox.letters import letter, posted

LETTERS = 40


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Do all at one instant, each in a thread with a session of its own; the answers, or what was raised."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                answers[number] = act()
            except AddressChanged as refusal:
                answers[number] = refusal  # type: ignore[call-overload]

    hands = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return answers


def in_a_unit(act: Callable[[], Any]) -> Callable[[], Any]:
    def whole() -> Any:
        with unit_of_work():
            return act()

    return whole


def test_each_letter_is_held_given_up_or_taken_and_never_two_of_these(app: Flask, now: datetime) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(LETTERS)]

    def take() -> list[int]:
        due = queries.letter_is_due(now)
        return [each.id for each in queue.claim(due, Message, worker="w", limit=LETTERS // 2, now=now)]

    held, given_up, taken = at_once(
        app,
        in_a_unit(lambda: service.hold_back(ids=ids, account_id=1, now=now).ids),
        in_a_unit(lambda: service.discard(ids=ids, account_id=2, now=now).ids),
        in_a_unit(take),
    )

    for letter_id in ids:
        row = letter(letter_id)
        if letter_id in taken:
            assert (row.state, row.claimed_by) == (MessageState.WAITING, "w")
            assert letter_id not in (*held, *given_up)
        else:
            assert row.state is (MessageState.DISCARDED if letter_id in given_up else MessageState.HELD)
    moves = db.session.execute(select(Step.message_id, Step.what)).all()
    wanted = {(each, PathStep.HELD) for each in held} | {(each, PathStep.DISCARDED) for each in given_up}
    assert sorted(map(tuple, moves)) == sorted(wanted)


def test_letter_let_go_twice_at_once_goes_once(app: Flask, now: datetime) -> None:
    letter_id = posted()
    with unit_of_work():
        service.hold_back(ids=[letter_id], account_id=1, now=now)

    at_once(app, *(in_a_unit(lambda: service.send_now(ids=[letter_id], account_id=1, now=now)) for _ in range(4)))

    with unit_of_work():
        assert len(queue.claim(queries.letter_is_due(now), Message, worker="w", limit=9, now=now)) == 1


def test_of_two_who_change_an_address_at_once_one_is_told(app: Flask, now: datetime) -> None:
    letter_id = posted("sai@mau.example")

    def to(address: str) -> Callable[[], Any]:
        change = NewAddress(old="sai@mau.example", new=address)
        return in_a_unit(lambda: service.readdress(message_id=letter_id, to=change, account_id=1, now=now))

    answers = at_once(app, to("a@mau.example"), to("b@mau.example"))

    assert sorted(type(each) for each in answers if each is not None) == [AddressChanged]
    winner = "a@mau.example" if answers[0] is None else "b@mau.example"
    assert letter(letter_id).recipient == winner
