"""Exim of the distribution as a real mail server: TLS both ways, sign-in, one Maildir for all that it takes.

It runs under the account of its package from a folder of its own, on ports of this machine alone.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

USER, PASSWORD = "lich-hop", "song-cai-lon"
_ACCOUNT = "Debian-exim"  # the package's own, which alone may listen
_AS_ITSELF = [] if os.geteuid() == 0 else ["sudo", "-n", "-u", _ACCOUNT]
_PATIENCE = 20.0
UNKNOWN, FULL = "khong-co@mau.example", "day@mau.example"

_SETTINGS = """
primary_hostname = localhost
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
pid_file_path = {folder}/exim.pid
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
deliver_drop_privilege = true
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
acl_smtp_rcpt = recipients
acl_smtp_mail = accept
begin acl
recipients:
  deny local_parts = khong-co
       message = 5.1.1 user unknown
  defer local_parts = day
       message = 4.2.2 mailbox full
  accept authenticated = *
  deny message = 5.7.1 relaying denied
begin routers
everyone:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = {folder}/mail
  maildir_format
  create_directory
begin retry
* * F,1h,1m
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""


def program() -> str:
    """Where Exim is; `FileNotFoundError` when it is not installed."""
    found = shutil.which("exim4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise FileNotFoundError("exim4")
    return found


@dataclass
class Exim:
    """A running server: where it listens, and what it took."""

    folder: Path
    port: int = field(default_factory=lambda: _free_port())
    tls_port: int = field(default_factory=lambda: _free_port())

    @property
    def certificate(self) -> Path:
        """What a client must trust, by `SSL_CERT_FILE`."""
        return self.folder / "cert.pem"

    @property
    def taken(self) -> list[EmailMessage]:
        """The letters in its Maildir, parsed."""
        files = sorted((self.folder / "mail" / "new").glob("*"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


@contextmanager
def exim(folder: Path) -> Iterator[Exim]:
    """A server that runs until the block ends."""
    server = Exim(folder)
    _prepare(server)
    command = [program(), "-C", str(folder / "exim.conf"), "-bdf", "-q1m"]
    process = subprocess.Popen([*_AS_ITSELF, *command], **_own_account())
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _own_account() -> dict[str, Any]:
    return {"user": _ACCOUNT, "group": _ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}


def _prepare(server: Exim) -> None:
    folder = server.folder
    for name in ("spool", "log"):
        (folder / name).mkdir(parents=True)
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*made, "-keyout", "key.pem", "-out", "cert.pem"], cwd=folder, check=True, capture_output=True)
    settings = _SETTINGS.format(folder=folder, port=server.port, tls_port=server.tls_port, user=USER, password=PASSWORD)
    (folder / "exim.conf").write_text(settings, encoding="utf-8")
    _open_to_its_account(folder)


def _open_to_its_account(folder: Path) -> None:
    """The tests' folders are their owner's alone; the server's account must come through to its own, and write there."""
    for above in folder.parents:
        if above.stat().st_uid == os.geteuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o011)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o644)


def _wait(server: Exim, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Exim did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
