"""Passwords: kept as Argon2id (RFC 9106), compared in the same time whether or not there is one."""

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kstthc_training.ids import random_secret
from kstthc_training.people.errors import LikeTheName, TooCommon, TooLong, TooShort
from kstthc_training.text import fold, is_digits

SHORTEST = 12
LONGEST = 200
_FEWEST_DIFFERENT = 5

# 19 MiB, two passes, one lane: the least that OWASP asks for, so that eight people may sign in at once on a small machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# What is left of the passwords that are tried first, once figures and signs are taken off: the words that people here
# and abroad put at the head of them, and the names that belong to this product and its office.
_COMMON = """
abc abcd abcde abcdef abcdefgh abcxyz admin administrator adminadmin anhyeuem asdf asdfgh asdfghjkl baocao changeme
chuyenvien dangnhap default dragon emyeuanh football guest hanoi hello hochiminh hoinghi iloveyou khongbiet
khongcomatkhau kiemsoat kiemsoatthutuc kiengiang angiang rachgia phuquoc kstthc kstthctraining lichhop letmein login
master matkhau matkhaucuatoi matkhaumoi matkhaumatkhau monkey nguyen pass passpass passw passwd password
passwordpassword passwort princess qazwsx qazwsxedc quantri quantrivien qwer qwert qwerty qwertyuiop qwertyqwerty root
secret sunshine superman taphuan tinhuykiengiang test testtest thaydoi thutuc thutuchanhchinh trustnoone ubnd
ubndtinh ubndkiengiang user vanphong vanphongubnd vanphongubndtinh vietnam vietnamvietnam vietnamvodich welcome
xinchao yeuem zxcvbn zxcvbnm
"""
_COMMON_WORDS = frozenset(_COMMON.split())
_LEAKED = Path(__file__).with_name("leaked_passwords.txt")
_RUNS = ("0123456789" * 3, "9876543210" * 3, "1357924680" * 3, "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz")


def hash_password(password: str) -> str:
    """What the database keeps of a password; takes some tens of milliseconds on purpose, so never in a transaction."""
    return _hasher.hash(_unified(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; without a kept one the same work is done and the answer is no."""
    if len(password) > LONGEST:
        kept, password = None, ""
    try:
        return _hasher.verify(kept or _nobodys(), _unified(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a kept password was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def require_strong(password: str, *, names: Iterable[str]) -> None:
    """Refuse a new password that is short, common, leaked or made of one of `names`; its characters are free (ASVS 6.2)."""
    if len(password) < SHORTEST:
        raise TooShort(least=SHORTEST)
    if len(password) > LONGEST:
        raise TooLong(most=LONGEST)
    plain = fold(password).replace(" ", "")
    if _is_common(plain) or _has_leaked(plain):
        raise TooCommon()
    if any(_core(plain) == _core(part) for name in names for part in _parts(name)):
        raise LikeTheName()


def _is_common(plain: str) -> bool:
    return len(set(plain)) < _FEWEST_DIFFERENT or _core(plain) in _COMMON_WORDS or any(plain in run for run in _RUNS)


def _has_leaked(plain: str) -> bool:
    """Whether it is among the leaked ones; their list is read when asked for, since that is seldom."""
    return hashlib.sha256(plain.encode()).hexdigest()[:12] in _LEAKED.read_text(encoding="ascii").split()


def _core(plain: str) -> str:
    """The letters of a password once figures and signs at both ends are taken off; without letters, its figures."""
    letters = plain.strip("".join(c for c in set(plain) if not c.isalpha()))
    return letters or "".join(c for c in plain if is_digits(c)) or plain


def _parts(name: str) -> Iterable[str]:
    whole = fold(name)
    return (p.replace(" ", "") for p in (whole, whole.partition("@")[0], whole.partition("@")[2]) if p)


def _unified(password: str) -> str:
    """One form for what different keyboards send for the same Vietnamese letters (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash(random_secret())
