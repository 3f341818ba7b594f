"""What operators decide about letters."""

import click
from flask.cli import AppGroup

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queries, service

outbox = AppGroup("outbox", help="Thư chờ gửi: xem, giữ lại, cho gửi, bỏ.")


@outbox.command("status")
def status() -> None:
    """Số thư theo trạng thái, thư có đang bị giữ lại không, tiến trình nền và đường gửi thư."""
    counts = queries.letters(limit=0).counts
    click.echo(", ".join(f"{state.value}: {count}" for state, count in counts.items()))
    if hold := queries.find_hold():
        click.echo(f"Đang giữ thư từ {clock.local(hold.since):%H:%M %d/%m/%Y}: {hold.reason}")
    for worker in queries.workers():
        trouble = worker.line_trouble or "đường gửi thư thông"
        click.echo(f"Tiến trình nền thấy lúc {clock.local(worker.seen_at):%H:%M:%S %d/%m/%Y}: {trouble}")


@outbox.command("hold")
@click.argument("reason")
def hold(reason: str) -> None:
    """Giữ mọi thư lại, ghi rõ lý do; thư viết từ nay cũng chờ."""
    with unit_of_work():
        service.hold_letters(reason=reason, now=clock.now())
    click.echo("Đã giữ thư lại.")


@outbox.command("release")
def release() -> None:
    """Cho thư đang chờ được gửi đi."""
    with unit_of_work():
        service.let_letters_go()
    click.echo("Thư được gửi đi.")


@outbox.command("discard")
@click.confirmation_option(prompt="Bỏ mọi thư đang chờ?")
def discard() -> None:
    """Bỏ mọi thư đang chờ: chúng không được gửi nữa, trừ khi gửi lại từng thư."""
    with unit_of_work():
        count = service.discard_waiting_letters(now=clock.now())
    click.echo(f"Đã bỏ {count} thư.")
