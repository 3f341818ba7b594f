"""A letter is read whatever it is: names, titles, words, and what tells it from every other."""

import time
from datetime import UTC, datetime

import pytest

from kstthc_training.inbox.classifying import classified
from kstthc_training.inbox.parts import shown_text
from kstthc_training.inbox.reading import MOST_OCTETS, read
from tests.inbox.corpus import CORPUS
from tests.inbox.corpus.pieces import LAN, OURS

WORDS = {
    "outlook_accepted": ("Nguyễn Thị Lan", "Chấp nhận: Tập huấn mẫu", "Tôi sẽ đến."),
    "outlook_com_declined_without_organizer": ("Lan, Nguyen Thi", "Declined: Tập huấn mẫu", ""),
    "apple_accepted": ("Lan Nguyen", "Đã chấp nhận: Tập huấn mẫu", "Lan đã chấp nhận lời mời."),
    "outlook_in_words": ("Nguyen Thi Lan", "RE: Mời họp", "Tôi bận, xin cử đồng chí Minh dự thay."),
    "html_alone_with_script_and_picture": ("Nguyen Thi Lan", "Xin vang", "Kính gửi Văn phòng,\n\nTôi không dự được."),
    "bare_utf8_in_header": ("Nguyễn Thị Lan", "Xin vắng", "Tôi vắng."),
    "old_windows_everywhere": ("Lan", "Xin văng", "Tôi đên sau"),
    "lying_charset": ("Lan", "Xin vắng", "Tôi vắng."),
    "unknown_charset_and_encoding": ("Lan", "va", "Toi vang."),
    "utf16": ("Lan", "a", "Tôi vắng"),
    "mbox_quoted": ("Lan", "Thu cu", ">From nay ve sau xin gui qua van thu."),
    "encoded_comma_and_line_break": ("sep@so-mau.example,", "Dong mot Bcc: ai@x.example", "x"),
    "no_header_at_all": ("", "", "chi co chu"),
    "nothing": ("", "", ""),
    "multipart_without_parts": ("Nguyen Thi Lan", "Vo", ""),
}


@pytest.mark.parametrize("name", WORDS)
def test_names_titles_and_words_are_read_as_people_read_them(name: str) -> None:
    mail = read(CORPUS[name])
    assert (mail.sender_name, mail.subject, shown_text(mail.message)) == WORDS[name]


@pytest.mark.parametrize("name", CORPUS)
def test_nothing_breaks_the_reader(name: str) -> None:
    octets = CORPUS[name]
    for cut in (len(octets), len(octets) // 2, len(octets) // 3, 40):
        mail = read(octets[:cut])
        classified(mail)
        assert "\x00" not in shown_text(mail.message) + mail.subject + mail.sender_name


@pytest.mark.parametrize("name", ["two_senders", "from_twice"])
def test_who_names_several_senders_has_none(name: str) -> None:
    assert read(CORPUS[name]).sender == ""


def test_an_encoded_comma_makes_no_second_sender() -> None:
    assert read(CORPUS["encoded_comma_and_line_break"]).sender == LAN


def test_the_hour_is_the_writers_in_utc_and_none_where_no_clock_could_show_it() -> None:
    assert read(CORPUS["apple_accepted"]).sent_at == datetime(2026, 3, 18, 2, 15, tzinfo=UTC)
    assert read(CORPUS["old_windows_everywhere"]).sent_at is None
    assert read(CORPUS["unknown_charset_and_encoding"]).sent_at is None


def test_a_letter_names_what_it_answers() -> None:
    assert read(CORPUS["outlook_in_words"]).answers == (OURS,)


def test_the_traces_of_the_way_here_do_not_make_another_letter() -> None:
    octets = CORPUS["outlook_accepted"]
    again = b"Return-Path: <lan@so-mau.example>\nDelivered-To: x\nReceived: by another (way); today\n" + octets
    assert read(again).digest == read(octets).digest


@pytest.mark.parametrize("changed", [(b"ACCEPTED", b"DECLINED"), (b"Xem tep.", b"Xem tep!"), (b"Tra loi", b"Tra loi 2")])
def test_another_word_makes_another_letter(changed: tuple[bytes, bytes]) -> None:
    octets = CORPUS["refresh"] if changed[0] == b"ACCEPTED" else CORPUS["as_a_file_alone_without_method_or_message_id"]
    other = octets.replace(b"REFRESH", changed[1]) if changed[0] == b"ACCEPTED" else octets.replace(*changed)
    assert read(other).digest != read(octets).digest


def test_letters_are_all_told_apart() -> None:
    assert len({read(octets).digest for octets in CORPUS.values()}) == len(CORPUS)


def test_a_letter_of_a_million_octets_is_read_in_a_moment() -> None:
    octets = CORPUS["outlook_in_words"] + b"--_p_\nContent-Type: image/png\n\n" + b"x" * 76 + b"\n" * (MOST_OCTETS // 2)
    mail = read((octets * 2)[:MOST_OCTETS], is_cut=True)
    assert mail.is_cut
    assert shown_text(mail.message) == "Tôi bận, xin cử đồng chí Minh dự thay."


_HEAD = b"From: a@b.example\nMessage-ID: <x@y>\nContent-Type: "
HOSTILE = {
    "brackets": _HEAD + b"text/html\n\n" + b"<a " * 300_000,
    "comments": _HEAD + b"text/html\n\n" + b"<!--" * 200_000,
    "line ends": _HEAD + b"text/plain\n\n" + b"> \n" * 300_000,
    "empty lines": _HEAD + b"text/plain\n\n" + b"\n" * 900_000,
    "spaces": _HEAD + b"text/plain\n\n" + b" " * 900_000,
    "parameters": _HEAD + b"text/plain" + b"; a*0=x" * 120_000 + b"\n\nx",
    "nested comments in an address": b"Message-ID: <x@y>\nFrom: " + b"(" * 900_000 + b"\n\nx",
    "answers without end": _HEAD + b"text/plain\n\nThis is the qmail-send program\n" + b"<a>:\n" * 150_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_letter_keeps_the_reader_busy(name: str) -> None:
    began = time.process_time()
    mail = read(HOSTILE[name][:MOST_OCTETS], is_cut=True)
    classified(mail)
    shown_text(mail.message)
    assert time.process_time() - began < 10
