"""What operators decide at the command line."""

from datetime import datetime

from flask import Flask

from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.enums import MessageState
from tests.outbox.letters import letter, posted


def said(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["outbox", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_status_tells_of_letters_hold_and_workers(app: Flask, now: datetime) -> None:
    posted()
    with unit_of_work():
        queue.see_worker(worker="one", trouble="535 wrong password", now=now)
    said(app, "hold", "khôi phục từ bản sao lưu")

    assert said(app, "status").splitlines() == [
        "held: 0, waiting: 1, sent: 0, failed: 0, bounced: 0, discarded: 0",
        "Đang giữ thư từ 09:00 18/03/2026: khôi phục từ bản sao lưu",
        "Tiến trình nền thấy lúc 09:00:00 18/03/2026: 535 wrong password",
    ]


def test_hold_and_release(app: Flask, now: datetime) -> None:
    posted()

    said(app, "hold", "khôi phục")
    held = queries.letters_due(now)
    said(app, "release")

    assert (held, queries.letters_due(now)) == (False, True)


def test_discard_asks_first(app: Flask) -> None:
    waiting = posted()

    declined = app.test_cli_runner().invoke(args=["outbox", "discard"], input="n\n")
    before = letter(waiting).state
    answer = said(app, "discard", "--yes")

    assert (declined.exit_code, before) == (1, MessageState.WAITING)
    assert (answer, letter(waiting).state) == ("Đã bỏ 1 thư.\n", MessageState.DISCARDED)
