"""Whoever runs events, at the letters."""

from dataclasses import replace

import pytest

from kstthc_training.people.enums import Role
from tests.support.factories import make_account, make_person


@pytest.fixture
def organizer(app):
    """The account of the one who asks."""
    return make_account(Role.ORGANIZER, person=make_person("Đoàn Mẫu Quân"))


@pytest.fixture
def browser(client_for, organizer):
    """The organizer's browser."""
    return client_for(organizer)


@pytest.fixture
def administrator(client_for):
    """An administrator's browser."""
    return client_for(make_account(Role.ADMINISTRATOR))


@pytest.fixture
def with_mail_server(app):
    """The product where a mail server is set."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, smtp_host="mail.mau.example")
    yield
    app.config["SETTINGS"] = before
