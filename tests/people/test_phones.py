"""Who sees a whole telephone number."""

import pytest

from kstthc_training.people.actors import NOBODY, Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.phones import phone_for


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ORGANIZER, "0912 345 678"),
        (Role.ADMINISTRATOR, "0912 345 678"),
        (Role.LEADER, "0912 xxx x78"),
        (Role.FOCAL_POINT, "0912 xxx x78"),
        (Role.MEMBER, "0912 xxx x78"),
    ],
)
def test_whole_numbers_are_for_those_who_keep_the_directory(role, seen):
    assert phone_for(Actor(account_id=1, roles=frozenset({role})), "0912345678") == seen


def test_nobody_sees_one_whole_and_none_stays_none():
    assert (phone_for(NOBODY, "0912345678"), phone_for(NOBODY, "")) == ("0912 xxx x78", "")
