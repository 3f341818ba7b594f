"""What a letter is, told from the shapes in which programs really write."""

import pytest

from kstthc_training.inbox.classifying import classify
from kstthc_training.inbox.enums import MailKind
from kstthc_training.inbox.reading import read
from tests.inbox.corpus import CORPUS
from tests.inbox.corpus.answers import ANSWERS
from tests.inbox.corpus.pieces import LAN, OURS, UID

KINDS = {
    **dict.fromkeys(ANSWERS, MailKind.CALENDAR),
    "postfix_failed": MailKind.BOUNCE,
    "postfix_failed_headers_only": MailKind.BOUNCE,
    "postfix_delayed": MailKind.DELAYED,
    "postfix_delivered": MailKind.DELIVERED,
    "exchange_failed": MailKind.BOUNCE,
    "exim_failed": MailKind.BOUNCE,
    "gmail_failed": MailKind.BOUNCE,
    "qmail_failed": MailKind.BOUNCE,
    "postmaster_in_words": MailKind.BOUNCE,
    "status_in_base64": MailKind.BOUNCE,
    "names_no_letter": MailKind.BOUNCE,
    "exchange_out_of_office": MailKind.AUTOMATIC,
    "out_of_office_by_title": MailKind.AUTOMATIC,
    "vacation_by_precedence": MailKind.AUTOMATIC,
    "autoreply_of_a_panel": MailKind.AUTOMATIC,
    "mailing_list": MailKind.AUTOMATIC,
    "empty_return_path": MailKind.AUTOMATIC,
    "read_receipt": MailKind.AUTOMATIC,
}
REASONS = {
    "postfix_failed": "550 5.1.1 <lan@so-mau.example>: Recipient address rejected: User unknown",
    "postfix_failed_headers_only": "552 5.2.2 Mailbox full",
    "exim_failed": "550 5.1.1 No such user here",
    "qmail_failed": "Sorry, no mailbox here by that name. (#5.1.1)",
    "postmaster_in_words": "554 5.7.1 Message rejected as spam by content filtering.",
    "status_in_base64": "550 no such user",
    "names_no_letter": "5.1.1",
}


@pytest.mark.parametrize("name", CORPUS)
def test_each_letter_is_told_what_it_is(name: str) -> None:
    assert classify(read(CORPUS[name])).kind is KINDS.get(name, MailKind.ORDINARY)


@pytest.mark.parametrize("name", CORPUS)
def test_a_letter_with_the_line_ends_of_the_wire_is_the_same_letter(name: str) -> None:
    on_the_wire = CORPUS[name].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert classify(read(on_the_wire)).kind is classify(read(CORPUS[name])).kind
    assert read(on_the_wire).digest == read(CORPUS[name]).digest


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind is MailKind.BOUNCE])
def test_a_returned_letter_is_named_by_what_comes_back_with_it(name: str) -> None:
    report = classify(read(CORPUS[name])).report
    assert report is not None
    assert report.message_ids[:1] == (() if name == "names_no_letter" else (OURS,))
    assert report.recipient == ("" if name == "postmaster_in_words" else LAN)
    assert report.reason
    assert report.reason == REASONS.get(name, report.reason)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_found_wherever_the_program_put_it(name: str) -> None:
    calendar = classify(read(CORPUS[name])).calendar
    assert f"UID:{UID}" in calendar
    assert "END:VCALENDAR" in calendar


def test_an_answer_sent_by_a_machine_says_so() -> None:
    assert classify(read(CORPUS["gmail_declined"])).sign == "Auto-Submitted"
    assert classify(read(CORPUS["outlook_accepted"])).sign == ""


def test_what_is_no_answer_says_why_people_must_look() -> None:
    assert classify(read(CORPUS["outlook_winmail"])).in_winmail
    assert classify(read(CORPUS["somebody_invites_us"])).asks_us
    assert not classify(read(CORPUS["forwarded_answer_of_another_letter"])).asks_us


def test_the_worst_that_befell_a_recipient_is_what_befell_the_letter() -> None:
    both = CORPUS["postfix_delivered"].replace(
        b"Diagnostic-Code: smtp; 250 2.1.5 Ok\n",
        b"\nFinal-Recipient: rfc822; hai@mau.example\nAction: failed\nStatus: 5.0.0\n",
    )
    what = classify(read(both))
    assert (what.kind, what.report and what.report.recipient) == (MailKind.BOUNCE, "hai@mau.example")


def test_a_postmaster_who_writes_is_no_report() -> None:
    words = CORPUS["postmaster_in_words"].replace(b"554 5.7.1 Message rejected", b"Your message was held")
    assert classify(read(words)).kind is MailKind.ORDINARY
