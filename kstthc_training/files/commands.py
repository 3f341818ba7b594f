"""What operators ask about files."""

import click
from flask.cli import with_appcontext

from kstthc_training import clock
from kstthc_training.files.agreement import compare
from kstthc_training.files.store import own_store


@click.command("check")
@click.option("--full", is_flag=True, help="Đọc từng tệp và so với mã băm đã lưu (lâu hơn).")
@with_appcontext
def check(full: bool) -> None:
    """Đối chiếu bảng tệp với kho tệp; kết thúc với mã 1 khi có tệp thiếu, sai hoặc thừa quá một ngày."""
    found = compare(own_store(), now=clock.now(), read_bytes=full)
    for key in found.missing:
        click.echo(f"thiếu  {key}")
    for key in found.changed:
        click.echo(f"sai    {key}")
    for path in found.orphans:
        click.echo(f"thừa   {path.name}")
    click.echo(
        f"{found.rows} tệp trong cơ sở dữ liệu: thiếu {len(found.missing)}, sai {len(found.changed)}; "
        f"thừa trong kho {len(found.orphans)}."
    )
    if not found.holds:
        raise SystemExit(1)
