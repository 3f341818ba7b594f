"""What the Office's own mail server found of a letter's origin is believed, and nobody else's word."""

import pytest

from kstthc_training.inbox.origin import Origin, origin_of
from kstthc_training.inbox.reading import read
from tests.inbox.corpus.pieces import letter

OURS = "mx.vp.example"


def mail_with(*found: str):
    fields = "".join(f"Authentication-Results: {each}\n" for each in found)
    return read(letter(f"{fields}From: lan@so-mau.example\nSubject: x\n\nx"))


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ((f"{OURS}; dmarc=pass header.from=so-mau.example; dkim=fail",), Origin.PROVED),
        ((f"{OURS}; spf=pass; dkim=pass (2048-bit; key) header.d=so-mau.example; dmarc=fail (p=none)",), Origin.FORGED),
        ((f"{OURS}; dkim=fail (bad signature)",), Origin.FORGED),
        ((f"{OURS}; dkim=permerror",), Origin.FORGED),
        ((f"{OURS}; dkim=fail; dkim=pass header.d=so-mau.example",), Origin.UNKNOWN),
        ((f"{OURS}; spf=softfail; dkim=none",), Origin.UNKNOWN),
        ((f"{OURS} 1; none",), Origin.UNKNOWN),
        ((f"{OURS.upper()};\n dmarc=fail",), Origin.FORGED),
        (("mx.evil.example; dmarc=pass", f"{OURS}; dmarc=fail"), Origin.FORGED),
        ((f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"), Origin.FORGED),
        (("mx.evil.example; dmarc=fail",), Origin.UNKNOWN),
        ((f"{OURS}; x=y (dmarc=fail)",), Origin.UNKNOWN),
        ((), Origin.UNKNOWN),
    ],
)
def test_the_uppermost_word_of_our_own_server_counts(found: tuple[str, ...], verdict: Origin) -> None:
    assert origin_of(mail_with(*found), authserv_id=OURS) is verdict


def test_what_stands_behind_many_signatures_counts_too() -> None:
    """Whoever signs his letter a hundred times with his own name cannot push the verdict out of sight."""
    signed = "; ".join(f"dkim=pass header.d=evil{number}.example header.s=selector{number}" for number in range(100))

    found = origin_of(mail_with(f"{OURS}; {signed}; dmarc=fail header.from=so-mau.example"), authserv_id=OURS)

    assert found is Origin.FORGED


def test_without_a_server_that_is_trusted_nothing_is_known() -> None:
    assert origin_of(mail_with(f"{OURS}; dmarc=fail"), authserv_id="") is Origin.UNKNOWN
