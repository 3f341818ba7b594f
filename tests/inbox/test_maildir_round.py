"""A turn at the local Maildir: each letter taken once, whatever lies there, settled, and moved when it was kept."""

from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from kstthc_training.config import Config
from kstthc_training.inbox.enums import MailKind, MailState, Why
from kstthc_training.inbox.reading import MOST_OCTETS
from kstthc_training.inbox.round import BATCH, InboxRound
from tests.inbox.boxes import box, config_of, due_again, lay_down, taken, turn
from tests.inbox.corpus import CORPUS


@pytest.fixture
def config(app: Flask, tmp_path: Path) -> Config:
    """A Maildir of this test."""
    return config_of(app, tmp_path)


def files(config: Config, folder: str) -> int:
    return len(list((config.incoming_maildir / folder).iterdir()))


def test_a_letter_is_kept_settled_and_moved(config: Config) -> None:
    lay_down(config, CORPUS["outlook_in_words"])

    turn(config)

    (row,) = taken()
    assert (row.kind, row.state, row.reason) == (MailKind.ORDINARY, MailState.REVIEW, Why.WRITTEN_BY_SOMEBODY)
    assert (row.sender, row.sender_name, row.subject) == ("lan@so-mau.example", "Nguyen Thi Lan", "RE: Mời họp")
    assert (files(config, "new"), files(config, "cur")) == (0, 1)


def test_everything_that_lies_there_is_taken_and_nothing_stops_the_rest(config: Config) -> None:
    for octets in CORPUS.values():
        lay_down(config, octets)

    turn(config)

    assert [row.digest for row in taken()] == list(dict.fromkeys(row.digest for row in taken()))
    assert len(taken()) == len(CORPUS)
    assert {row.state for row in taken()} == {MailState.REVIEW, MailState.HANDLED, MailState.IGNORED}
    assert not [row for row in taken() if row.reason in ("", Why.FAULT)]
    assert files(config, "new") == 0


def test_the_same_letter_again_is_not_taken_again(config: Config) -> None:
    lay_down(config, CORPUS["outlook_in_words"])
    turn(config)
    lay_down(config, b"Received: by another way\n" + CORPUS["outlook_in_words"])

    turn(config)

    assert len(taken()) == 1
    assert files(config, "cur") == 2


def test_a_letter_that_another_way_changed_is_shown_as_the_same(config: Config) -> None:
    lay_down(config, CORPUS["outlook_in_words"])
    lay_down(config, CORPUS["outlook_in_words"].replace(b"--_p_--", b"--_p_--\nChecked by a filter.\n"))

    turn(config)

    assert [row.reason for row in taken()] == [Why.WRITTEN_BY_SOMEBODY, Why.SAME_AGAIN]


def test_links_folders_and_hidden_files_are_left_alone(config: Config, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"Subject: secret\n\nx")
    new = lay_down(config, CORPUS["refresh"]).parent
    (new / "link").symlink_to(secret)
    (new / "folder").mkdir()
    (new / ".hidden").write_bytes(b"Subject: hidden\n\nx")

    turn(config)

    assert [row.subject for row in taken()] == ["Refresh"]
    assert files(config, "new") == 3


def test_of_a_letter_that_is_too_large_the_beginning_is_read(config: Config) -> None:
    lay_down(config, CORPUS["postfix_failed"] + b"x" * MOST_OCTETS * 3)
    calendar = CORPUS["refresh"] + b"\n" * MOST_OCTETS * 2
    lay_down(config, calendar)

    turn(config)

    assert [(row.is_cut, row.kind) for row in taken()] == [(True, MailKind.BOUNCE), (True, MailKind.CALENDAR)]
    assert [row.reason for row in taken()] == [Why.NOT_OUR_LETTER, Why.TOO_LARGE]


def test_a_turn_takes_so_many_and_the_next_the_rest_at_once(config: Config) -> None:
    for number in range(BATCH + 3):
        lay_down(config, f"From: a@b.example\nSubject: {number}\nMessage-ID: <{number}@b>\n\nx".encode())
    at = InboxRound(config, stopping=Event())

    more = at.turn()
    first = len(taken())
    at.turn()

    assert (more, first, len(taken())) == (True, BATCH, BATCH + 3)


def test_it_is_read_at_the_rhythm_of_the_settings(config: Config) -> None:
    lay_down(config, CORPUS["refresh"])
    at = InboxRound(config, stopping=Event())
    at.turn()
    lay_down(config, CORPUS["mailing_list"])

    at.turn()
    other = InboxRound(config, stopping=Event()).turn()
    before = len(taken())
    turn(config)

    assert (other, before, len(taken())) == (False, 1, 2)


def test_a_folder_that_cannot_be_read_is_shown_and_tried_again(config: Config) -> None:
    config.incoming_maildir.parent.mkdir(exist_ok=True)
    config.incoming_maildir.write_bytes(b"no folder")

    turn(config)
    trouble = box().trouble
    config.incoming_maildir.unlink()
    due_again(config)
    turn(config)

    assert "File exists" in trouble or "Not a directory" in trouble
    assert box().trouble == ""
