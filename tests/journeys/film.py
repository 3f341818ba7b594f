"""A film of tickets held before a camera, as Chromium's fake camera plays it again and again."""

from collections.abc import Sequence
from pathlib import Path

import segno

WIDTH, HEIGHT, MODULE, FRAMES_A_SECOND = 320, 240, 6, 5
_WHITE, _BLACK, _NO_COLOUR = 0xEB, 0x10, bytes([0x80]) * (WIDTH * HEIGHT // 2)


def film_of_tickets(path: Path, secrets: Sequence[str], *, seconds: int = 4) -> Path:
    """Write each ticket's square for some seconds with an empty second after it, as YUV4MPEG2 in 4:2:0."""
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for secret in secrets:
            film.write(_frame(_square(secret)) * (seconds * FRAMES_A_SECOND))
            film.write(_frame(bytes([_WHITE]) * (WIDTH * HEIGHT)) * FRAMES_A_SECOND)
    return path


def _frame(light: bytes) -> bytes:
    return b"FRAME\n" + light + _NO_COLOUR


def _square(secret: str) -> bytes:
    matrix = segno.make(secret, error="m", micro=False).matrix
    side = len(matrix) * MODULE
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    light = bytearray([_WHITE]) * (WIDTH * HEIGHT)
    for y in range(side):
        row = b"".join(bytes([_BLACK if dark else _WHITE]) * MODULE for dark in matrix[y // MODULE])
        begin = (top + y) * WIDTH + left
        light[begin : begin + side] = row
    return bytes(light)
