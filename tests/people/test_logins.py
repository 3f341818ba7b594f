"""The one form of a name to sign in with."""

import pytest

from kstthc_training.people.logins import normal_login
from kstthc_training.text import is_address


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" An.NV@Mau.Example ", "an.nv@mau.example"),
        ("+84 912.345.678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("Nguyễn  Văn An", "nguyễn văn an"),
        ("an@mau.example\r\nBcc: x@y.example", "an@mau.example bcc: x@y.example"),
        ("", ""),
    ],
)
def test_normal_login(typed, normal):
    assert normal_login(typed) == normal


@pytest.mark.parametrize(
    "address", ["an@mau.example", "a.b+c@sub.mau.example", "x" * 64 + "@mau.example", "o'hara@mau.example"]
)
def test_is_address_takes_plain_addresses(address):
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    ["", "an", "an@localhost", "a..b@mau.example", ".a@mau.example", "a b@mau.example", "ân@mau.example", "an@-mau.example",
     "an@mau.example bcc:x@y.example", "an@mau.example\n", "<an@mau.example>", "x" * 65 + "@mau.example",
     "a@" + "b" * 250 + ".example"],
)  # fmt: skip
def test_is_address_refuses_what_a_letter_could_not_be_sent_to(text):
    assert not is_address(text)
