"""`flask sample`: data to look at, in an empty database.

What makes the data is imported when it is asked for: a program that answers requests does not carry it.
"""

from datetime import date, datetime

import click
from sqlalchemy import exists, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.models import Account


def load_sample(today: date, *, scale: int = 1, measured: bool = False) -> None:
    """Fill an empty database as it stands on the morning of `today`."""
    from kstthc_training.sample.loading import load_sample

    load_sample(today, scale=scale, measured=measured)


def keep_in_house() -> None:
    """Let no letter of the sample go to a mail server that the settings name."""
    from kstthc_training.sample.letters import keep_in_house

    with unit_of_work():
        keep_in_house()


def sample_accounts() -> list[tuple[str, str, str]]:
    """The accounts to try in this database: role, login, password."""
    from kstthc_training.sample.accounts import sample_logins

    return sample_logins()


@click.command("sample")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="ngày mà dữ liệu coi là hôm nay")
@click.option("--scale", type=click.IntRange(1, 1000), default=1, help="cỡ: 100 là 20.000 người, 5.000 cuộc họp")
@click.option("--measured", is_flag=True, hidden=True, help="thêm những gì phép đo cần")
def sample(today: datetime | None, scale: int, measured: bool) -> None:
    """Nạp dữ liệu mẫu vào một cơ sở dữ liệu còn trống."""
    if db.session.scalar(select(exists(select(Account.id)))):
        raise click.ClickException("Cơ sở dữ liệu đã có tài khoản: dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu còn trống.")
    load_sample(today.date() if today else clock.local_date(clock.now()), scale=scale, measured=measured)
    for role, login, password in sample_accounts():
        click.echo(f"{role}: {login} / {password}")
