"""A turn at a real IMAP server: each letter once, nothing changed but what the settings say, and trouble that is shown."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kstthc_training.config import Config
from kstthc_training.inbox import imap
from tests.inbox.boxes import box, config_of, taken, turn
from tests.inbox.corpus import CORPUS
from tests.support.imap_server import ImapServer, imap_server

FOLDER = "Answers"


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    """One Dovecot for the file; each test has the folder anew."""
    with imap_server() as running:
        yield running


@pytest.fixture
def config(app: Flask, tmp_path: Path, server: ImapServer) -> Config:
    """The settings of a product that reads an empty folder of the server."""
    server.renew_folder(FOLDER)
    return config_of(app, tmp_path, **server.settings(IMAP_FOLDER=FOLDER))


def subjects() -> list[str]:
    return [row.subject for row in taken()]


def test_letters_are_taken_in_order_and_left_as_they_are(config: Config, server: ImapServer) -> None:
    for name in ("refresh", "mailing_list", "postfix_failed"):
        server.append(CORPUS[name], FOLDER)

    turn(config)
    turn(config)

    assert subjects() == ["Refresh", "[ds]", "Undelivered Mail Returned to Sender"]
    assert (server.count(FOLDER), [each for each in server.flags(FOLDER) if each == b"\\Seen"]) == (3, [])


def test_only_what_is_new_is_fetched(config: Config, server: ImapServer) -> None:
    server.append(CORPUS["refresh"], FOLDER)
    turn(config)
    before = box().last_uid
    server.append(CORPUS["mailing_list"], FOLDER)

    turn(config)

    assert (subjects(), box().last_uid) == (["Refresh", "[ds]"], before + 1)


def test_letters_that_count_anew_are_known(config: Config, server: ImapServer) -> None:
    server.append(CORPUS["refresh"], FOLDER)
    turn(config)
    validity = box().validity
    time.sleep(1.1)  # the server takes the validity from its clock
    server.renew_folder(FOLDER)
    server.append(CORPUS["mailing_list"], FOLDER)
    server.append(CORPUS["refresh"], FOLDER)

    turn(config)

    assert box().validity > validity
    assert subjects() == ["Refresh", "[ds]"]


def test_octets_come_as_they_are(config: Config, server: ImapServer) -> None:
    octets = CORPUS["bare_utf8_in_header"].replace(b"\n", b"\r\n")
    server.append(octets, FOLDER)

    turn(config)

    assert subjects() == ["Xin vắng"]


def test_of_a_letter_that_is_too_large_the_beginning_is_fetched(config: Config, server: ImapServer) -> None:
    server.append(CORPUS["refresh"] + b"y" * 3_000_000, FOLDER)

    turn(config)

    assert [row.is_cut for row in taken()] == [True]


def test_a_letter_is_marked_as_read_when_the_settings_say_so(app: Flask, config: Config, server: ImapServer) -> None:
    server.append(CORPUS["refresh"], FOLDER)

    turn(config_of(app, config.data_dir, **server.settings(IMAP_FOLDER=FOLDER, IMAP_AFTER="seen")))

    assert (len(taken()), server.flags(FOLDER)[:1]) == (1, [b"\\Seen"])


def test_a_letter_is_moved_when_the_settings_say_so(app: Flask, config: Config, server: ImapServer) -> None:
    server.renew_folder("Xong")
    server.append(CORPUS["refresh"], FOLDER)

    turn(config_of(app, config.data_dir, **server.settings(IMAP_FOLDER=FOLDER, IMAP_AFTER="move", IMAP_DONE_FOLDER="Xong")))

    assert (len(taken()), server.count(FOLDER), server.count("Xong")) == (1, 0, 1)


def test_a_folder_may_have_a_vietnamese_name(app: Flask, config: Config, server: ImapServer) -> None:
    folder, on_the_wire = "Trả lời", '"Tr&HqM- l&Ht0-i"'
    server.renew_folder(on_the_wire)
    server.append(CORPUS["refresh"], on_the_wire)

    turn(config_of(app, config.data_dir, **server.settings(IMAP_FOLDER=folder)))

    assert (box().trouble, subjects()) == ("", ["Refresh"])


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_the_line_is_protected_and_the_certificate_looked_at(
    app: Flask, config: Config, server: ImapServer, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.append(CORPUS["refresh"], FOLDER)
    port = str(server.tls_port if security == "tls" else server.port)
    values = server.settings(IMAP_FOLDER=FOLDER, IMAP_SECURITY=security, IMAP_PORT=port)
    turn(config_of(app, config.data_dir, **values))
    trouble = box().trouble
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))

    turn(config_of(app, config.data_dir, **values))

    assert "CERTIFICATE_VERIFY_FAILED" in trouble
    assert (box().trouble, subjects()) == ("", ["Refresh"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"IMAP_PASSWORD": "wrong"}, "Authentication failed"),
        ({"IMAP_FOLDER": "Nowhere"}, "Nowhere"),
        ({"IMAP_PORT": "9"}, "refused"),
    ],
)
def test_what_is_wrong_is_shown_in_the_servers_words(
    app: Flask, config: Config, server: ImapServer, wrong: dict[str, str], said: str
) -> None:
    turn(config_of(app, config.data_dir, **server.settings(**{"IMAP_FOLDER": FOLDER, **wrong})))

    assert said in box().trouble
    assert "wrong" not in box().trouble
    assert taken() == []


def test_a_server_that_hangs_is_given_up(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = str(silent.getsockname()[1])
        began = time.monotonic()
        turn(config_of(app, config.data_dir, IMAP_HOST="127.0.0.1", IMAP_PORT=port, IMAP_SECURITY="none"))

    assert "timed out" in box().trouble
    assert time.monotonic() - began < 10


def test_a_server_that_breaks_off_or_talks_nonsense_is_given_up(app: Flask, config: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:
        port = str(rude.getsockname()[1])

        def answer() -> None:
            line, _address = rude.accept()
            with line:
                line.sendall(b"* OK ready\r\n")
                line.recv(1000)
                line.sendall(b"\x00\xff nonsense " * 100 + b"\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        turn(config_of(app, config.data_dir, IMAP_HOST="127.0.0.1", IMAP_PORT=port, IMAP_SECURITY="none"))
        thread.join(5)

    assert box().trouble
