"""What operators do about accounts at the command line: the first administrator, and the way back in."""

import click
from flask import current_app
from flask.cli import AppGroup

from kstthc_training import clock
from kstthc_training.config import Config
from kstthc_training.db import unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import AccountDisabled, LoginTaken, NoAddress
from kstthc_training.people.links import link_address
from kstthc_training.people.logins import normal_login
from kstthc_training.people.queries import find_account_id, find_usable_account
from kstthc_training.people.service import accounts, persons
from kstthc_training.people.service.links import INVITATION, make_link

account = AppGroup("account", help="Tài khoản: quản trị viên đầu tiên, liên kết vào.")


@account.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Tạo một quản trị viên và in liên kết đặt mật khẩu, dùng một lần trong bảy ngày."""
    now = clock.now()
    try:
        with unit_of_work():
            draft = persons.PersonDraft(full_name=name, email=email)
            person = persons.add_person(actor=SYSTEM, draft=draft, now=now)
            opened = accounts.open_account(actor=SYSTEM, person=person, roles=(Role.ADMINISTRATOR,), focal_of=(), now=now)
            link_id = make_link(account_id=opened.id, kind=INVITATION, now=now).id
    except NoAddress as refusal:
        raise click.ClickException(f"{email!r} không phải một địa chỉ email.") from refusal
    except LoginTaken as refusal:
        raise click.ClickException(f"Đã có tài khoản vào bằng {email}. Xem: flask account link.") from refusal
    _print_link(link_id)


@account.command("link")
@click.argument("email")
def link(email: str) -> None:
    """In một liên kết đặt mật khẩu mới cho tài khoản, khi không gửi được thư."""
    now = clock.now()
    try:
        with unit_of_work():
            link_id = make_link(account_id=_usable_account(email), kind=INVITATION, now=now).id
    except AccountDisabled as refusal:
        raise click.ClickException(f"Không có tài khoản nào đang dùng vào bằng {email}.") from refusal
    _print_link(link_id)


def _usable_account(email: str) -> int:
    account_id = find_account_id(normal_login(email))
    if account_id is None or find_usable_account(account_id) is None:
        raise AccountDisabled()
    return account_id


def _print_link(link_id: int) -> None:
    settings: Config = current_app.config["SETTINGS"]
    click.echo(link_address(settings, link_id=link_id, purpose=INVITATION.purpose))
