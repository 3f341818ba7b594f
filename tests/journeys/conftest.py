"""The product as people meet it: the real process tree on sample data, in a real browser under its own policy."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from kstthc_training.application import create_app
from tests.support.chromium import launched
from tests.support.databases import SECRET, settings_for

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "ghe-tham-ha-tien"
SECONDS_TO_START = 90
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One server and one browser serve all journeys, so one process walks them."""
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@dataclass(frozen=True)
class Product:
    """A running installation: where it answers, and its database seen through the same code."""

    address: str
    folder: Path
    app: Flask


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """`make run` on an empty folder, ended as Ctrl-C ends it."""
    folder = tmp_path_factory.mktemp("product")
    port = _free_port()
    log = (folder / "server.log").open("wb")
    environment = {
        **os.environ, "DATA_DIR": str(folder / "data"), "PORT": str(port), "SECRET_KEY": SECRET,
        "SETTINGS_FILE": os.devnull, "LOG_LEVEL": "WARNING", "MAIL_READ_SECONDS": "1",
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "kstthc_training.serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, folder / "server.log")
        app = create_app(settings_for(folder / "data", PUBLIC_URL=address))
        yield Product(address, folder, app)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium."""
    chromium = launched(CHROMIUM_FLAGS)
    yield chromium
    chromium.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(product: Product, browser: Browser) -> Iterator[Visit]:
    """Opens a browser window, signed in when a login is given; at the end nothing may have been refused or thrown."""
    windows: list[tuple[BrowserContext, list[str]]] = []

    def open_window(login: str = "", *, phone: bool = False, scripts: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=product.address,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            java_script_enabled=scripts,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        complaints: list[str] = []
        windows.append((context, complaints))
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if login:
            sign_in(page, login)
        return page

    yield open_window
    for context, complaints in windows:
        context.close()
        assert complaints == []


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in as a person does."""
    page.goto("/vao")
    page.get_by_label("Email công vụ hoặc số điện thoại").fill(login)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/lich")


def _note(complaints: list[str], kind: str, text: str) -> None:
    refused = "Content Security Policy" in text or "Refused to" in text
    if refused or (kind == "error" and "Failed to load resource" not in text):
        complaints.append(text)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the product did not start: {log.read_text(errors='replace')[-2000:]}")
