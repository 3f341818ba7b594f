"""What the answers of mail servers mean."""

import pytest

from kstthc_training.mailroom.queries.addresses import differ_by_one
from kstthc_training.mailroom.words import why
from kstthc_training.outbox.enums import KnownTrouble


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("550 5.1.1 <a@b.example>: user unknown", "Không có hộp thư này."),
        ("5.1.1 bad destination", "Không có hộp thư này."),
        ("452 4.2.2 over quota", "Hộp thư đầy."),
        ("550 5.1.99 whatever", "Địa chỉ có vấn đề."),
        ("550 no such user here", "Máy chủ từ chối người nhận này."),
        ("451 try later", "Máy chủ thư gặp lỗi, hẹn lại sau."),
        ("554 5.7.1 spam", "Máy chủ người nhận không cho gửi thư này."),
        ("SMTPServerDisconnected: Connection unexpectedly closed", "Máy chủ thư không nhận."),
    ],
)
def test_answers_are_put_in_words(app, said, words):
    with app.test_request_context():
        found = why(said)
    assert found is not None
    assert (found.words, found.said) == (words, said)


def test_troubles_of_our_own_have_words_and_no_servers(app):
    with app.test_request_context():
        found = why(KnownTrouble.NO_LINK.value)
        assert found is not None
        assert (found.words, found.said) == ("Liên kết riêng trong thư không còn dùng được.", "")
        assert why(None) is None
        assert why(None, bounced=True) is not None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("mottcua@x", "motcua@x", True), ("motcua@x", "mottcua@x", True), ("motcua@x", "matcua@x", True),
        ("motcua@x", "mtocua@x", True), ("motcua@x", "motcua@x", False), ("motcua@x", "moc@x", False),
        ("motcua@x", "mtocau@x", False), ("", "a", True), ("ab", "ba", True),
    ],
)  # fmt: skip
def test_one_letter_different(one, other, alike):
    assert differ_by_one(one, other) is alike
