"""What is printed for the person at the terminal."""

from collections.abc import Sequence

from kstthc_training.config import Config
from kstthc_training.serve.listening import reachable


def greeting(settings: Config, accounts: Sequence[tuple[str, str, str]], seconds: float) -> str:
    """A box with the address to open, where the data lies and how to end it; sample accounts with their passwords."""
    address = f"http://{reachable(settings.host)}:{settings.port}"
    lines = [f"Lịch họp đang chạy: {address}"]
    if settings.public_url != address:
        lines.append(f"Địa chỉ cho mọi người: {settings.public_url}")
    lines.append(f"Dữ liệu: {settings.data_dir}")
    if accounts:
        lines += ["", "Tài khoản mẫu:", *_columns(("vai trò", "tên đăng nhập", "mật khẩu"), *accounts)]
    lines += ["", f"Sẵn sàng sau {seconds:.1f} giây. Dừng: Ctrl-C.".replace(".", ",", 1)]
    return boxed(lines)


def boxed(lines: Sequence[str]) -> str:
    """Lines in a frame as wide as the longest."""
    width = max(map(len, lines))
    rows = [f"│ {line.ljust(width)} │" for line in lines]
    return "\n".join([f"╭{'─' * (width + 2)}╮", *rows, f"╰{'─' * (width + 2)}╯"])


def _columns(*rows: tuple[str, ...]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
