"""Writing letters and jobs, sending again, holding back."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue, service
from kstthc_training.outbox.enums import KnownTrouble, MessageState
from kstthc_training.outbox.errors import BodyErased, NotFailed
from kstthc_training.outbox.models import Job, Message
from kstthc_training.refusals import Unknown
from tests.outbox.letters import a_letter, letter, posted


def count(table: type[Message] | type[Job]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_letter_waits_from_the_instant_of_writing(app: Flask, now: datetime) -> None:
    waiting = letter(posted())

    assert (waiting.state, waiting.created_at, waiting.run_at, waiting.tries) == (MessageState.WAITING, now, now, 0)
    assert waiting.message_id.startswith("<") and waiting.message_id.endswith("@lich-hop>")


def test_letter_with_a_known_key_is_the_same_letter(app: Flask) -> None:
    first = posted(key="registration-confirmed:7")

    again = posted(key="registration-confirmed:7", subject="Khác")

    assert (again, count(Message), letter(first).subject) == (first, 1, "Xác nhận đăng ký")


def test_letter_without_an_address_is_none(app: Flask, now: datetime) -> None:
    with unit_of_work():
        service.post_letter(a_letter(""), key="nobody", now=now)

    assert count(Message) == 0


def test_letter_is_gone_when_its_act_fails(app: Flask, now: datetime) -> None:
    with pytest.raises(RuntimeError), unit_of_work():
        service.post_letter(a_letter(), key="undone", now=now)
        raise RuntimeError("the act failed")

    assert count(Message) == 0


def test_job_with_a_known_key_is_the_same_job(app: Flask, now: datetime) -> None:
    for minutes in (5, 9):
        with unit_of_work():
            at = now + timedelta(minutes=minutes)
            service.plan_job(kind="remind", key="remind:3", payload={"event": 3}, run_at=at, now=now)

    jobs = db.session.scalars(select(Job)).all()
    assert [(job.kind, job.payload, job.run_at) for job in jobs] == [("remind", {"event": 3}, now + timedelta(minutes=5))]


def failed(letter_id: int) -> None:
    with unit_of_work():
        queue.claim(queries.letter_is_due(clock.now()), Message, worker="w", limit=1, now=clock.now())
    with unit_of_work():
        queue.give_up(letter(letter_id), reason="550 no such user")


def test_failed_letter_is_sent_again_as_if_new_under_its_message_id(app: Flask, now: datetime) -> None:
    letter_id = posted()
    failed(letter_id)
    before = letter(letter_id)
    later = now + timedelta(days=9)

    with unit_of_work():
        service.send_again(message_id=letter_id, now=later)

    after = letter(letter_id)
    assert (before.state, before.tries, before.last_error) == (MessageState.FAILED, 1, "550 no such user")
    assert (after.state, after.run_at, after.tries, after.last_error) == (MessageState.WAITING, later, 0, None)
    assert after.message_id == before.message_id
    with unit_of_work():  # nine days old, but given up only three days after it was sent again
        claimed = queue.claim(queries.letter_is_due(later), Message, worker="w", limit=1, now=later)
        queue.pause_letter(claimed[0], reason="451", now=later)
    assert letter(letter_id).state is MessageState.WAITING


def test_only_a_failed_letter_is_sent_again(app: Flask, now: datetime) -> None:
    letter_id = posted()

    with pytest.raises(NotFailed) as refusal, unit_of_work():
        service.send_again(message_id=letter_id, now=now)
    with pytest.raises(Unknown), unit_of_work():
        service.send_again(message_id=letter_id + 1, now=now)

    assert refusal.value.facts == {"state": MessageState.WAITING}


def test_erased_letter_is_not_sent_again(app: Flask, now: datetime) -> None:
    letter_id = posted()
    failed(letter_id)
    with unit_of_work():
        queue.erase_bodies(sent_before=now, failed_before=now + timedelta(seconds=1))

    with pytest.raises(BodyErased), unit_of_work():
        service.send_again(message_id=letter_id, now=now)


def test_held_letters_are_not_due_until_let_go(app: Flask, now: datetime) -> None:
    posted()
    with unit_of_work():
        service.hold_letters(reason="khôi phục từ bản sao lưu", now=now)
        service.hold_letters(reason="lần hai", now=now)
    posted("minh@mau.example")

    hold = queries.find_hold()
    assert (hold and hold.reason, queries.letters_due(now)) == ("khôi phục từ bản sao lưu", False)

    with unit_of_work():
        service.let_letters_go()

    assert (queries.find_hold(), queries.letters_due(now)) == (None, True)


def test_discarded_letters_have_failed_but_not_the_one_in_hand(app: Flask, now: datetime) -> None:
    in_hand, waiting = posted("a@mau.example"), posted("b@mau.example")
    with unit_of_work():
        queue.claim(queries.letter_is_due(now), Message, worker="w", limit=1, now=now)

    with unit_of_work():
        discarded = service.discard_waiting_letters()

    assert discarded == 1
    assert letter(in_hand).state is MessageState.WAITING
    assert (letter(waiting).state, letter(waiting).last_error) == (MessageState.FAILED, KnownTrouble.DISCARDED)
