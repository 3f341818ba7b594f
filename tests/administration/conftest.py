"""An administrator at the desk, for the tests of Quản trị."""

import pytest

from kstthc_training.people.enums import Role
from tests.support.factories import make_account, make_person


@pytest.fixture
def administrator(app):
    """The account of the one who asks."""
    return make_account(Role.ADMINISTRATOR, person=make_person("Đoàn Mẫu Quân"))


@pytest.fixture
def browser(client_for, administrator):
    """The administrator's browser."""
    return client_for(administrator)
