"""The names people sign in with, in the one form in which they are kept and compared."""

from kstthc_training.text import clean_line, phone_digits


def normal_login(typed: str) -> str:
    """What was typed as a name to sign in with: an e-mail address in small letters, or a phone number as digits.

    Anything else is only cleaned, so that it is treated as every unknown name is.
    """
    line = clean_line(typed)
    return line.casefold() if "@" in line else (phone_digits(line) or line.casefold())
