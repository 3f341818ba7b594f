"""Which passwords are taken, and how they are compared."""

import time
import timeit
import unicodedata

import pytest
from argon2 import PasswordHasher

from kstthc_training.people import passwords
from kstthc_training.people.errors import LikeTheName, TooCommon, TooLong, TooShort

NAMES = ("nguyen.van.an@mau.example", "Nguyễn Văn Ân", "0912345678")


def test_matches_the_password_that_was_hashed_and_no_other():
    kept = passwords.hash_password("ba con trâu cày ruộng")
    assert passwords.matches(kept, "ba con trâu cày ruộng")
    assert not passwords.matches(kept, "ba con trâu cày ruông")
    assert not passwords.matches(kept, "Ba con trâu cày ruộng")


def test_matches_what_another_keyboard_sends_for_the_same_letters():
    kept = passwords.hash_password(unicodedata.normalize("NFC", "ba con trâu cày ruộng"))
    assert passwords.matches(kept, unicodedata.normalize("NFD", "ba con trâu cày ruộng"))


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_matches_nothing_where_no_password_is_kept(kept):
    assert not passwords.matches(kept, "a password of nobody")


def test_matches_refuses_without_hashing_what_no_password_can_be():
    endless = "a" * (passwords.LONGEST + 1)
    assert not passwords.matches(passwords.hash_password(endless), endless)


def test_hash_is_argon2id_and_salted():
    one, other = passwords.hash_password("x" * 12), passwords.hash_password("x" * 12)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other


def test_is_outdated_once_the_parameters_differ():
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not passwords.is_outdated(passwords.hash_password("x"))


def test_require_strong_takes_twelve_characters_of_any_kind():
    passwords.require_strong("trâu bò lợn!", names=NAMES)
    passwords.require_strong("x7" + "ỹ ꧁ 9 z w q", names=NAMES)
    passwords.require_strong("một hai ba bốn năm sáu " * 8, names=NAMES)


def test_require_strong_refuses_eleven_characters_and_more_than_two_hundred():
    with pytest.raises(TooShort) as short:
        passwords.require_strong("trâu bò lợn", names=NAMES)
    assert short.value.facts == {"least": 12}
    with pytest.raises(TooLong) as long:
        passwords.require_strong("abcdefghijk " * 17, names=NAMES)
    assert long.value.facts == {"most": 200}


@pytest.mark.parametrize(
    "password",
    ["matkhau123456", "Mật Khẩu 2026!", "password1234", "Password!!!!", "111111111111", "123456789012",
     "098765432109", "qwertyuiopas", "abcdefghijklm", "KienGiang@2026", "administrator", "ababababababab"],
)  # fmt: skip
def test_require_strong_refuses_what_is_tried_first(password):
    with pytest.raises(TooCommon):
        passwords.require_strong(password, names=NAMES)


@pytest.mark.parametrize("password", ["1q2w3e4r5t6y", "1Q2W3E4R 5T6Y", "ghbdtnrfrltkf", "finalfantasy", "123456123456"])
def test_require_strong_refuses_what_has_leaked(password):
    with pytest.raises(TooCommon):
        passwords.require_strong(password, names=NAMES)


@pytest.mark.parametrize(
    "password", ["Nguyễn Văn Ân", "nguyenvanan2026", "nguyen.van.an1", "nguyen.van.an@mau.example", "NGUYENVANAN!!"]
)
def test_require_strong_refuses_the_persons_own_name_and_address(password):
    with pytest.raises(LikeTheName):
        passwords.require_strong(password, names=NAMES)


def test_matching_against_no_password_does_the_same_work():
    kept = passwords.hash_password("ba con trâu cày ruộng")

    def quickest(against):
        passwords.matches(against, "không phải mật khẩu ấy")
        return min(
            timeit.repeat(
                lambda: passwords.matches(against, "không phải mật khẩu ấy"), timer=time.process_time, number=1, repeat=7
            )
        )

    assert 0.5 < quickest(None) / quickest(kept) < 2
