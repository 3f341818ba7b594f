"""Dovecot as the tests' own IMAP server: a temporary folder, ports of this machine alone, gone with its block."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

USER, PASSWORD = "lich-hop@vp.example", "mật khẩu của hộp thư".encode().hex()
SECONDS_TO_START = 20

_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {tls}
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
mail_home = {folder}/mail/%u
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group}
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class ImapServer:
    """A running Dovecot with one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.host, self.port, self.tls_port = "127.0.0.1", _free_port(), _free_port()

    def settings(self, **more: str) -> dict[str, str]:
        """The settings by which the product reads this mailbox."""
        values = {
            "IMAP_HOST": self.host,
            "IMAP_PORT": str(self.port),
            "IMAP_USER": USER,
            "IMAP_PASSWORD": PASSWORD,
            "IMAP_SECURITY": "none",
        }
        return {**values, **more}

    @property
    def certificate(self) -> Path:
        """What a client that trusts this server is told to trust."""
        return self.folder / "cert.pem"

    @contextmanager
    def line(self, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """A mail program of somebody else at the same mailbox."""
        with imaplib.IMAP4(self.host, self.port, timeout=10) as line:
            line.login(USER, PASSWORD)
            line.select(folder)
            yield line

    def append(self, octets: bytes, folder: str = "INBOX") -> None:
        """Lay a letter into a folder, as a mail server does that delivers it."""
        with imaplib.IMAP4(self.host, self.port, timeout=10) as line:
            line.login(USER, PASSWORD)
            answer, said = line.append(folder, "", imaplib.Time2Internaldate(time.time()), octets)
            assert answer == "OK", said

    def renew_folder(self, folder: str = "Answers") -> None:
        """Make a folder, anew when it is there: what lies in it then has other numbers."""
        with imaplib.IMAP4(self.host, self.port, timeout=10) as line:
            line.login(USER, PASSWORD)
            line.delete(folder)
            answer, said = line.create(folder)
            assert answer == "OK", said

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        """The flags of every letter in a folder, in order."""
        with self.line(folder) as line:
            _answer, found = line.fetch("1:*", "(FLAGS)")
            return [flags for each in found if isinstance(each, bytes) for flags in imaplib.ParseFlags(each)]

    def count(self, folder: str = "INBOX") -> int:
        """How many letters lie in a folder."""
        with self.line(folder) as line:
            return len(line.search(None, "ALL")[1][0].split())


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """A server that listens until the block ends."""
    # Root's own temporary folder may be closed to the user that the mail belongs to.
    folder = Path(tempfile.mkdtemp(prefix="kstthc-imap-", dir="/tmp" if os.geteuid() == 0 else None))
    server = ImapServer(folder)
    process = None
    try:
        _prepare(server)
        process = subprocess.Popen(
            [program(), "-F", "-c", folder / "dovecot.conf"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _wait_until_ready(server, process)
        yield server
    finally:
        if process is not None:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def program() -> str:
    """Where Dovecot is; `FileNotFoundError` when it is not installed."""
    found = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
    if found is None:
        raise FileNotFoundError("dovecot")
    return found


def _prepare(server: ImapServer) -> None:
    """Certificate, folders and settings; Dovecot refuses mail that belongs to root."""
    folder = server.folder
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    key = ["-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "2"]
    subprocess.run(["openssl", "req", "-x509", *key, *subject], check=True, capture_output=True)
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    (folder / "mail").mkdir()
    if os.geteuid() == 0:
        os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
        folder.chmod(0o755)
    names = _as_root() if os.geteuid() == 0 else _as_anybody()
    values = {**names, "owner": owner.pw_uid, "group": owner.pw_gid, "password": PASSWORD, "tls": "yes"}
    text = _SETTINGS.format(folder=folder, port=server.port, tls_port=server.tls_port, **values)
    (folder / "dovecot.conf").write_text(text, encoding="utf-8")


def _as_root() -> dict[str, str]:
    return {"internal": "dovecot", "internal_group": "dovecot", "login": "dovenull"}


def _as_anybody() -> dict[str, str]:
    me = getpass.getuser()
    return {"internal": me, "internal_group": grp.getgrgid(os.getegid()).gr_name, "login": me}


def _wait_until_ready(server: ImapServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), imaplib.IMAP4(server.host, server.port, timeout=5) as line:
            line.login(USER, PASSWORD)
            return
        time.sleep(0.05)
    log = server.folder / "log"
    raise RuntimeError(f"dovecot: {log.read_text(errors='replace') if log.exists() else process.poll()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
