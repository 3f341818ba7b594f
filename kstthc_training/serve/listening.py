"""Whether the address is free, before anything is started."""

import errno
import socket


class NotListening(Exception):
    """The address cannot be listened on; the message says why and what to try."""


def listening_address(host: str, port: int) -> str:
    """The numeric address of `host`, free at `port`; else raises `NotListening`."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise NotListening(f"HOST={host}: không có địa chỉ nào mang tên này. Thử HOST=127.0.0.1 make run") from None
    address = str(place[0])
    try:
        _bind(family, address, port)
    except OSError as error:
        raise NotListening(_explained(error, family, address, port)) from None
    return address


def _bind(family: int, address: str, port: int) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that are closing do not matter
        probe.bind((address, port))


def _explained(error: OSError, family: int, address: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Cổng {port} đang được dùng bởi một chương trình khác. Thử PORT={_next_free(family, address, port)} make run"
    if error.errno == errno.EACCES:
        return f"Không được phép mở cổng {port}: cổng dưới 1024 là của quản trị máy. Thử PORT=8000 make run"
    return f"Không mở được {address}, cổng {port}: {error.strerror}. Thử HOST=127.0.0.1 make run"


def _next_free(family: int, address: str, port: int) -> int:
    for candidate in range(port + 1, min(port + 100, 65536)):
        try:
            _bind(family, address, candidate)
        except OSError:
            continue
        return candidate
    return 8001


def reachable(host: str) -> str:
    """What to type in a browser on this machine for a server that listens on `host`."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - only compared
    return everywhere.get(host, f"[{host}]" if ":" in host else host)


def answers(address: str, port: int) -> bool:
    """Whether a server at this address says that it is alive."""
    try:
        with socket.create_connection((address, port), timeout=2) as line:
            line.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return b" 200 " in line.recv(100)
    except OSError:
        return False
