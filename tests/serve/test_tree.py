"""The process tree: it starts, mends itself, and ends whole."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serve.product import Product, are_gone, eventually
from tests.support import databases

Start = Callable[..., Product]
TO_START = 60  # seconds, on a machine that does many other things; a second or two on one that does not


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts products in one folder; whatever happens, none outlives the test."""
    started: list[Product] = []

    def begin(*arguments: str, **settings: str) -> Product:
        started.append(Product(tmp_path, *arguments, **settings))
        return started[-1]

    yield begin
    for product in started:
        product.kill()


@pytest.fixture
def product(start: Start) -> Product:
    """A product that answers and whose worker lives."""
    running = start()
    assert eventually(running.is_ready, TO_START)
    return running


def test_starts_on_an_empty_database_of_either_engine_and_again(
    start: Start, engine_name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = databases.empty_address(engine_name, tmp_path)
    for _ in range(2):
        running = start(DATABASE_URL=address)
        assert eventually(running.is_ready, TO_START)
        assert running.end() == 0


def test_says_where_it_is_and_how_to_end_it(start: Start, tmp_path: Path) -> None:
    running = start()
    assert eventually(running.answers, TO_START)
    time.sleep(0.2)
    running.end()

    _, said, complained = running.outcome()
    assert [line for line in complained.splitlines() if "alembic" not in line] == []
    assert f"Lịch họp đang chạy: http://127.0.0.1:{running.port}" in said
    assert "Địa chỉ cho mọi người: https://hop.example" in said
    assert f"Dữ liệu: {tmp_path}" in said
    assert "Dừng: Ctrl-C" in said
    assert "mật khẩu" not in said
    assert len({len(line) for line in said.splitlines() if line[0] in "╭│╰"}) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_ends_whole_within_ten_seconds_of_a_signal(product: Product, number: signal.Signals) -> None:
    below = product.children()

    began = time.monotonic()
    exit_code = product.end(number)

    assert (exit_code, time.monotonic() - began < 10, are_gone(below)) == (0, True, True)


def test_interrupt_at_the_terminal_ends_it_without_a_complaint(product: Product) -> None:
    below = product.children()

    os.killpg(product.process.pid, signal.SIGINT)

    exit_code, _, complained = product.outcome()
    assert (exit_code, are_gone(below)) == (0, True)
    assert [line for line in complained.splitlines() if "alembic" not in line] == []


def test_nothing_outlives_a_killed_first_process(product: Product) -> None:
    below = product.children()
    assert len(below) >= 3

    product.process.kill()

    assert are_gone(below, 12)


def test_killed_worker_and_killed_web_process_come_back(product: Product) -> None:
    worker, web = product.worker(), product.web()
    assert worker and web
    below = {child.pid for child in product.children()}

    web.kill()
    worker.kill()

    def is_whole() -> bool:
        fresh = product.web(), product.worker()
        return all(each is not None and each.pid not in below for each in fresh) and product.is_ready()

    assert eventually(is_whole, TO_START)
    assert product.process.poll() is None


def test_crash_after_crash_of_the_web_process_ends_nothing(product: Product) -> None:
    for _ in range(3):
        before = product.web()
        assert before
        before.kill()
        assert eventually(lambda before=before: (now := product.web()) and now.pid != before.pid, TO_START)  # type: ignore[misc]

    assert eventually(product.answers, TO_START)
    assert product.process.poll() is None


class Client(threading.Thread):
    """Asks for one page after another until the line is refused; remembers answers that began and did not end."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self.port, self.path = port, path
        self.whole, self.cut = 0, 0

    def run(self) -> None:
        while True:
            try:
                self._ask()
            except OSError:
                return

    def _ask(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as line:
            line.sendall(f"GET {self.path} HTTP/1.1\r\nHost: hop.example\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            try:
                while part := line.recv(4096):
                    answer += part
            finally:
                self._judge(answer)
        if not answer:
            raise ConnectionResetError("closed before an answer began")

    def _judge(self, answer: bytes) -> None:
        head, _, body = answer.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), None)
        if answer and (length is None or len(body) != length):
            self.cut += 1
        elif answer:
            self.whole += 1


def test_answers_that_began_are_ended_under_load(product: Product) -> None:
    clients = [Client(product.port, "/vao") for _ in range(12)]
    for client in clients:
        client.start()
    assert eventually(lambda: sum(client.whole for client in clients) > 100, TO_START)

    began = time.monotonic()
    exit_code = product.end()
    seconds = time.monotonic() - began
    for client in clients:
        client.join(15)

    assert (exit_code, seconds < 10, sum(client.cut for client in clients)) == (0, True, 0)


def test_client_that_stays_silent_does_not_hold_up_the_end(product: Product) -> None:
    with (
        socket.create_connection(("127.0.0.1", product.port)) as silent,
        socket.create_connection(("127.0.0.1", product.port)) as half,
    ):
        half.sendall(b"POST /vao HTTP/1.1\r\nHost: hop.example\r\nContent-Length: 1000\r\n\r\nhalf")
        began = time.monotonic()
        exit_code = product.end()
        seconds = time.monotonic() - began
        silent.close()

    assert (exit_code, seconds < 10) == (0, True)


def test_pages_and_worker_may_live_apart(start: Start) -> None:
    pages = start("--no-worker")
    assert eventually(pages.answers, TO_START)
    without = pages.get("/readyz")
    worker = start("--worker-only")

    ready = eventually(pages.is_ready, TO_START)

    assert (without[0], b'"worker":false' in without[1].replace(b" ", b""), ready) == (503, True, True)
    assert (pages.worker(), worker.children()) == (None, [])
    assert (worker.end(), pages.end()) == (0, 0)


def test_two_that_start_at_once_on_one_database_both_come_up(start: Start, engine_name: str, tmp_path: Path) -> None:
    address = databases.empty_address(engine_name, tmp_path)

    both = [start(DATABASE_URL=address) for _ in range(2)]

    assert [eventually(each.is_ready, TO_START) for each in both] == [True, True]
