"""Writing letters and jobs, sending again, holding back."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue, service
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Job, Message
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


def test_letter_with_a_time_waits_for_it_and_grows_old_from_then_on(app: Flask, now: datetime) -> None:
    morning = now + timedelta(days=20)
    with unit_of_work():
        service.post_letter(a_letter(), key="later", now=now, run_at=morning)
    (waiting,) = db.session.scalars(select(Message)).all()
    db.session.rollback()

    assert (queries.letters_due(morning - timedelta(seconds=1)), queries.letters_due(morning)) == (False, True)
    with unit_of_work():
        (taken,) = queue.claim(queries.letter_is_due(morning), Message, worker="w", limit=1, now=morning)
        queue.pause_letter(taken, reason="451 later", now=morning)
    assert (letter(waiting.id).state, letter(waiting.id).run_at) == (MessageState.WAITING, morning + timedelta(minutes=1))


def test_one_events_letters_are_held_and_no_others(app: Flask, now: datetime) -> None:
    held, other, of_nothing = (
        posted("a@mau.example", event_id=7),
        posted("b@mau.example", event_id=8),
        posted("c@mau.example"),
    )
    with unit_of_work():
        first = service.hold_letters(reason="chờ duyệt", event_id=7, now=now)
        second = service.hold_letters(reason="lần hai", event_id=7, now=now)

    assert (first, second) == (True, False)
    assert [hold.event_id for hold in queries.holds()] == [7]
    assert _due(now) == [other, of_nothing]
    with unit_of_work():
        assert service.let_letters_go(event_id=7)
        assert not service.let_letters_go(event_id=7)
    assert _due(now) == [held, other, of_nothing]


def _due(now: datetime) -> list[int]:
    found = db.session.scalars(select(Message.id).where(queries.letter_is_due(now)).order_by(Message.id)).all()
    db.session.rollback()
    return list(found)
