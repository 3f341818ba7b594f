"""Turns of the worker at letters, with a mail server of every manner."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import delivery, letter_round, service
from kstthc_training.outbox.enums import KnownTrouble, MessageState
from kstthc_training.outbox.letter_round import LetterRound
from tests.outbox.letters import letter, posted
from tests.support.mail_server import MailServer, listening, mail_server

NewRound = Callable[[], LetterRound]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as listening_server:
        yield listening_server


@pytest.fixture
def new_round(app: Flask, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> NewRound:
    """Rounds that reach the server and rest no longer than the test needs."""
    monkeypatch.setattr(letter_round, "REST", 0.0)
    monkeypatch.setattr(letter_round, "KNOCK_EVERY", 0.0)
    monkeypatch.setattr(delivery, "PATIENCE", 0.3)
    return lambda: reaching(app, server)


def reaching(app: Flask, server: MailServer) -> LetterRound:
    settings: Config = app.config["SETTINGS"]
    config = replace(settings, smtp_host=server.address[0], smtp_port=server.address[1])
    return LetterRound(config, app.extensions["outbox"], worker="one", stopping=threading.Event())


def states(*ids: int) -> list[tuple[MessageState, str | None]]:
    return [(each.state, each.claimed_by) for each in map(letter, ids)]


SENT, WAITING, FAILED = (MessageState.SENT, None), (MessageState.WAITING, None), (MessageState.FAILED, None)


def test_due_letters_are_carried_and_noted(new_round: NewRound, server: MailServer, now: datetime) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(3)]

    more = new_round().turn()

    assert (more, states(*ids), letter(ids[0]).sent_at) == (False, [SENT] * 3, now)
    assert [mail["To"].addresses[0].addr_spec for mail in server.taken] == [f"{n}@mau.example" for n in range(3)]
    assert [mail["Message-ID"] for mail in server.taken] == [letter(n).message_id for n in ids]


def test_idle_turn_sends_two_short_questions(new_round: NewRound, statements: Callable[[], object]) -> None:
    with statements() as seen:  # type: ignore[attr-defined]
        more = new_round().turn()

    assert (more, len(seen)) == (False, 2)


def test_full_batch_asks_for_another_turn(new_round: NewRound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_round, "BATCH", 2)
    ids = [posted(f"{n}@mau.example") for n in range(3)]
    carrying = new_round()

    assert (carrying.turn(), states(*ids)) == (True, [SENT, SENT, WAITING])
    assert (carrying.turn(), states(*ids)) == (False, [SENT, SENT, SENT])


def test_bad_letters_fail_with_their_reason_and_block_no_other(new_round: NewRound, server: MailServer) -> None:
    server.recipients["gone@mau.example"] = "550 no such user"
    ids = [
        posted("gone@mau.example"),
        posted("not an address"),
        posted("link@mau.example", link_purpose="unheard-of", link_id=1),
        posted("good@mau.example"),
    ]

    new_round().turn()

    assert states(*ids) == [FAILED, FAILED, FAILED, SENT]
    assert [letter(n).last_error for n in (ids[0], ids[2], ids[3])] == ["550 no such user", KnownTrouble.NO_LINK, None]


def test_letter_put_off_waits_and_blocks_no_other(new_round: NewRound, server: MailServer, now: datetime) -> None:
    server.recipients["full@mau.example"] = "452 mailbox full"
    full, good = posted("full@mau.example"), posted("good@mau.example")

    new_round().turn()

    assert states(full, good) == [WAITING, SENT]
    assert (letter(full).run_at, letter(full).last_error) == (now + timedelta(minutes=1), "452 mailbox full")


def test_lost_line_puts_the_batch_back(new_round: NewRound, server: MailServer, now: datetime) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(3)]
    server.manner = "drop"
    carrying = new_round()

    more = carrying.turn()

    assert (more, states(*ids), carrying.in_hand) == (False, [WAITING] * 3, ())
    assert [(letter(n).tries, letter(n).run_at - now) for n in ids] == [
        (1, timedelta(minutes=1)), (0, timedelta(0)), (0, timedelta(0)),
    ]  # fmt: skip
    assert carrying.trouble is not None and "SMTPServerDisconnected" in carrying.trouble


def test_letter_that_drops_every_line_blocks_no_other(new_round: NewRound, server: MailServer) -> None:
    deadly, good = posted("deadly@mau.example"), posted("good@mau.example")
    server.manner = "drop"
    carrying = new_round()
    carrying.turn()
    server.manner = "take"

    carrying.turn()

    assert states(deadly, good) == [WAITING, SENT]


def test_absent_server_costs_no_letter_a_try(new_round: NewRound, app: Flask) -> None:
    waiting = posted()
    carrying = reaching(app, MailServer())

    carrying.turn()

    assert (states(waiting), letter(waiting).tries) == ([WAITING], 0)
    assert carrying.trouble and "ConnectionRefusedError" in carrying.trouble


def test_line_rests_after_it_failed(new_round: NewRound, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_round, "REST", 60.0)
    absent = MailServer()
    waiting = posted()
    carrying = reaching(app, absent)
    carrying.turn()

    with listening(absent):
        carrying.turn()

    assert states(waiting) == [WAITING]


@pytest.mark.parametrize("manner", ["451 later", "drop", "hang"])
def test_all_follow_when_the_server_is_back_after_a_night(
    new_round: NewRound, server: MailServer, now: datetime, manner: str
) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(4)]
    server.manner, carrying = manner, new_round()
    for hours in (0, 1, 4, 8):
        with clock.frozen(now + timedelta(hours=hours)):
            for _ in ids:
                carrying.turn()
    server.manner = "take"

    with clock.frozen(now + timedelta(hours=8, seconds=50)):
        carrying.turn()  # one letter knocks
        carrying.turn()  # all the others follow

    assert states(*ids) == [SENT] * 4
    assert sorted(mail["Message-ID"] for mail in server.taken) == sorted(letter(n).message_id for n in ids)


def test_knock_comes_no_sooner_than_its_pause(
    new_round: NewRound, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.recipients["full@mau.example"] = "452 mailbox full"
    full = posted("full@mau.example")
    monkeypatch.setattr(letter_round, "KNOCK_EVERY", 60.0)
    carrying = new_round()

    for _ in range(5):
        carrying.turn()

    assert letter(full).tries == 2  # when it was due, and one knock


def test_repeat_after_a_hang_is_the_same_letter(new_round: NewRound, server: MailServer, now: datetime) -> None:
    waiting = posted(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")
    server.manner, carrying = "451 later", new_round()
    carrying.turn()
    server.manner = "take"
    with clock.frozen(now + timedelta(hours=1)):
        carrying.turn()
    with unit_of_work() as session:  # as if the worker had been killed before it noted the success
        row = session.get(type(letter(waiting)), waiting)
        assert row is not None
        row.state = MessageState.WAITING

    with clock.frozen(now + timedelta(hours=2)):
        carrying.turn()

    first, second = server.octets
    assert first == second


def test_held_letters_stay(new_round: NewRound, server: MailServer, now: datetime) -> None:
    waiting = posted()
    with unit_of_work():
        service.hold_letters(reason="khôi phục", now=now)

    new_round().turn()

    assert (states(waiting), server.taken) == ([WAITING], [])


def test_worker_told_to_stop_puts_back_what_it_has_not_begun(app: Flask, new_round: NewRound, server: MailServer) -> None:
    ids = [posted(f"{n}@mau.example") for n in range(3)]
    carrying = new_round()
    carrying._stopping.set()

    carrying.turn()

    assert (states(*ids), [letter(n).tries for n in ids], server.taken) == ([WAITING] * 3, [0] * 3, [])


def test_no_transaction_is_open_while_a_letter_is_carried(app: Flask, new_round: NewRound, server: MailServer) -> None:
    seen: list[bool] = []
    waiting = posted(link_purpose="ticket", link_id=1)
    carrying = new_round()
    wiring = app.extensions["outbox"]
    carrying._wiring = replace(wiring, links={"ticket": lambda owner: str(db.session.scalar(db.select(1)))})
    taking, pool = server.handle_DATA, db.engine.pool

    async def handle(*args: object) -> str:
        seen.append(pool.checkedout() > 0)  # type: ignore[attr-defined]
        return await taking(*args)  # type: ignore[arg-type]

    server.handle_DATA = handle  # type: ignore[method-assign]
    carrying.turn()

    assert (states(waiting), seen) == ([SENT], [False])
