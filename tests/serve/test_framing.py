"""Where one request ends and the next begins: no two meanings for a proxy in front and the server (RFC 9112, 6.3)."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.product import Product, eventually

HEAD = "POST /vao HTTP/1.1\r\nHost: hop.example\r\n"
HIDDEN = "GET /khong-co HTTP/1.1\r\nHost: hop.example\r\n\r\n"
LAST = "GET /healthz HTTP/1.1\r\nHost: hop.example\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product that answers."""
    running = Product(Path(tmp_path_factory.mktemp("framing")))
    assert eventually(running.answers, 60)
    yield running
    running.kill()


def statuses(product: Product, sent: str) -> list[int]:
    """The status of each answer to what is sent over one line, and to a last, plain request after it."""
    with socket.create_connection(("127.0.0.1", product.port), timeout=20) as line:
        line.sendall((sent + LAST).encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


def test_what_stands_within_a_stated_length_is_no_request(product: Product) -> None:
    assert statuses(product, f"{HEAD}Content-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}") == [400, 200]


def test_requests_follow_each_other_on_one_line(product: Product) -> None:
    assert statuses(product, f"{HEAD}Content-Length: 0\r\n\r\n{HIDDEN}") == [400, 404, 200]


@pytest.mark.parametrize(
    "framing",
    [
        "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "Content-Length: 0, 5\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_request_of_doubtful_length_ends_the_line(product: Product, framing: str) -> None:
    assert 404 not in statuses(product, HEAD + framing + HIDDEN)


def test_chunks_count_and_a_stated_length_beside_them_does_not(product: Product) -> None:
    both = f"{HEAD}Transfer-Encoding: chunked\r\nContent-Length: {5 + len(HIDDEN)}\r\n\r\n0\r\n\r\n{HIDDEN}"
    assert statuses(product, both) in ([400], [400, 404, 200])
