"""The names people sign in with, in the one form in which they are kept and compared."""

import re

from kstthc_training.text import clean_line, phone_digits

_WORD = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})+\Z", re.IGNORECASE | re.ASCII)
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets


def normal_login(typed: str) -> str:
    """What was typed as a name to sign in with: an e-mail address in small letters, or a phone number as digits.

    Anything else is only cleaned, so that it is treated as every unknown name is.
    """
    line = clean_line(typed)
    return line.casefold() if "@" in line else (phone_digits(line) or line.casefold())


def is_address(text: str) -> bool:
    """Whether letters can be sent there: one plain address in ASCII (RFC 5321, 4.1.2, dot-string alone)."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.match(text) is not None
