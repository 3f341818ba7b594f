"""The first administrator, made at the command line."""

import pytest
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from tests.people.at_hand import PASSWORD
from tests.support.factories import make_account


def run(app, *words):
    return app.test_cli_runner().invoke(args=["account", *words])


def test_create_admin_prints_a_link_that_sets_the_password(app, client):
    result = run(app, "create-admin", "Quan.DM@mau.example", "Đoàn Mẫu Quân")
    assert result.exit_code == 0
    address = result.output.strip()
    assert address.startswith("http://localhost/vao/")
    answer = client.post(address.removeprefix("http://localhost"), data={"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 303
    assert "Đoàn Mẫu Quân" in client.get("/tai-khoan").text
    assert db.session.scalars(select(Account.login)).all() == ["quan.dm@mau.example"]
    assert db.session.scalars(select(RoleGrant.role)).all() == [Role.ADMINISTRATOR]
    assert db.session.scalars(select(Message)).all() == []


def test_create_admin_twice_is_refused_and_leaves_one_person(app):
    run(app, "create-admin", "quan@mau.example", "Đoàn Mẫu Quân")
    result = run(app, "create-admin", "QUAN@mau.example", "Đoàn Mẫu Quân")
    assert result.exit_code == 1
    assert "Đã có tài khoản" in result.output
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_create_admin_refuses_what_is_no_address(app):
    result = run(app, "create-admin", "quan", "Đoàn Mẫu Quân")
    assert result.exit_code == 1
    assert db.session.scalars(select(Person)).all() == []


def test_link_prints_a_new_way_in(app, client):
    account = make_account()
    result = run(app, "link", account.login.upper())
    assert client.get(result.output.strip().removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("email", ["khong-ai@mau.example", "rác"])
def test_link_for_nobody_is_refused(app, email):
    assert run(app, "link", email).exit_code == 1
