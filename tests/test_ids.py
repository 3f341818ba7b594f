"""Secrets and codes."""

import pytest

from kstthc_training import ids

KEY = b"a key outside the database"


def test_derived_secrets_differ_by_purpose_owner_generation_and_key():
    def secret(key=KEY, purpose="feed", owner=17, generation=1):
        return ids.derived_secret(key, purpose=purpose, owner=owner, generation=generation)

    others = {secret(key=b"other"), secret(purpose="ticket"), secret(owner=18), secret(generation=2)}
    assert secret() == secret()
    assert len({secret(), *others}) == 5
    assert len(secret()) >= 32  # 160 bits in base 32


@pytest.mark.parametrize(
    ("address", "owner"), [("17-abc", 17), ("17", None), ("-abc", None), ("x-abc", None), ("17-", None)]
)
def test_owner_of_an_address(address, owner):
    assert ids.owner_of(address) == owner


@pytest.mark.parametrize("number", ["٣-abc", "9" * 40 + "-abc", "1e3-a"])
def test_owners_are_plain_small_numbers(number):
    assert ids.owner_of(number) is None


def test_typed_codes_survive_being_read_aloud():
    code = ids.typed_code()
    assert len(code) == 8
    assert not set(code) & set("ILOU")
    assert ids.normal_code(f" {code[:4].lower()} - {code[4:]} ") == code
    assert ids.normal_code("oOiIlL") == "001111"


def test_only_the_hash_of_a_random_secret_is_kept():
    secret = ids.random_secret()
    assert secret not in ids.secret_hash(secret)
    assert len(ids.secret_hash(secret)) == 64


def test_what_may_be_a_code_is_as_long_as_one():
    assert all(ids.may_be_code(typed) for typed in (ids.typed_code(), "zzzz zzzz", "OIL1-0000"))
    assert not any(ids.may_be_code(typed) for typed in ("", "ZZZZZZZ", "ZZZZZZZZZ", "1-" + "a" * 32))


def test_what_looks_like_a_code_not_yet_whole_is_short_and_not_letters_alone():
    assert all(ids.begins_code(typed) for typed in ("7", "7K4M", "7k4m-", "7K4M 2BX"))
    assert not any(ids.begins_code(typed) for typed in ("", "hoa", "7K4M 2BXA", "7 Đức"))
