"""What administrators see of letters."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask import Flask

from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queries, queue
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.refusals import Unknown
from tests.outbox.letters import posted
from tests.support.statements import Statements


@pytest.fixture
def ids(app: Flask, now: datetime) -> list[int]:
    """Five letters: the first sent, the second failed."""
    made = [posted(f"nguoi{n}@mau.example", recipient_name=f"Đặng Thị Hà {n}", event_id=n % 2) for n in range(5)]
    with unit_of_work():
        sent, failed = queue.claim(queries.letter_is_due(now), Message, worker="one", limit=2, now=now)
        queue.letters_sent({sent: ""}, now=now)
        queue.refuse_letter(failed, reason="550 no such user", now=now)
    return made


def test_page_of_letters_newest_first_with_counts_of_all(ids: list[int]) -> None:
    page = queries.letters(offset=1, limit=2)

    assert [row.id for row in page.rows] == [ids[3], ids[2]]
    assert (page.total, page.counts) == (
        5, dict.fromkeys(MessageState, 0) | {MessageState.WAITING: 3, MessageState.SENT: 1, MessageState.FAILED: 1},
    )  # fmt: skip


def test_letters_of_one_state(ids: list[int]) -> None:
    page = queries.letters(state=MessageState.FAILED)

    assert [(row.id, row.last_error) for row in page.rows] == [(ids[1], "550 no such user")]
    assert (page.total, page.counts[MessageState.WAITING]) == (1, 3)


@pytest.mark.parametrize(
    ("words", "found"), [("dang HA 3", [3]), ("NGUOI4@mau", [4]), ("xác nhận nguoi0", [0]), ("hà_3", []), ("%", [])]
)
def test_letters_are_found_without_diacritics_in_any_order(ids: list[int], words: str, found: list[int]) -> None:
    assert [row.id for row in queries.letters(words=words).rows] == [ids[n] for n in found]


def test_number_of_statements_does_not_grow(
    ids: list[int], statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with statements() as few:
        queries.letters(limit=1)
    with statements() as many:
        queries.letters(limit=50)

    assert len(few) == len(many) == 3


def test_one_letter_with_its_text_but_without_its_link(app: Flask) -> None:
    text = queries.get_letter(posted(body="Mở {{link}} nhé", link_purpose="ticket", link_id=4))

    assert (text.body, text.has_link, text.link_mark) == ("Mở {{link}} nhé", True, "{{link}}")
    with pytest.raises(Unknown):
        queries.get_letter(text.letter.id + 1)


def test_nobody_was_seen_yet(app: Flask) -> None:
    assert (queries.worker_seen_at(), queries.workers(), queries.failed_jobs()) == (None, [], [])
