"""What every test may ask for: the product on a fresh database of either engine, browsers that check, a time that stands."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest
from flask import Flask

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.people.models import Account
from tests.registrations.rivals import Rivals, product_at
from tests.support import databases, postgres
from tests.support.browser import CheckingClient, sign_in
from tests.support.statements import Statements, counted

_BROWSERS = {"client", "client_for"}
_SHARED = {"province", "rivals", "product", "collected"}
_OF_THE_ENGINE = {"statements", "rivals", "place"}

NOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)  # Wednesday, 09:00 in the province


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL server for the whole run, started by the process that the others descend from."""
    if not hasattr(config, "workerinput"):
        postgres.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what `pytest_configure` started."""
    if not hasattr(config, "workerinput"):
        postgres.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file that share what is dear to make run in one process, which makes it once."""
    for item in items:
        if _SHARED & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{_engine_shared(item)}"))


def _engine_shared(item: pytest.Item) -> str:
    chosen = getattr(item, "callspec", None)
    return f"-{chosen.params['province']}" if chosen and "province" in chosen.params else ""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Verbs and queries are tried on both engines, and so is the opening of every page, by the walk over all routes."""
    chosen = any(mark.args[0] == "engine_name" for mark in metafunc.definition.iter_markers("parametrize"))
    if "engine_name" in metafunc.fixturenames and not chosen:
        metafunc.parametrize("engine_name", _engines_for(metafunc), indirect=True)


def _engines_for(metafunc: pytest.Metafunc) -> Sequence[str]:
    """Both, but for tests of pages through a browser: of those the engines take half each, always the same."""
    asked = set(metafunc.fixturenames)
    if (
        os.environ.get("EVERY_ENGINE")
        or not asked & _BROWSERS
        or asked & _OF_THE_ENGINE
        or ".house." in metafunc.module.__name__
    ):
        return databases.ENGINES
    turn = crc32(f"{metafunc.module.__name__}.{metafunc.function.__name__}".encode()) % len(databases.ENGINES)
    return databases.ENGINES[turn : turn + 1]


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """The engine that this run of a test is on."""
    return str(request.param)


@pytest.fixture
def app(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The product on a fresh, migrated database, with its context pushed and the time standing at `NOW`."""
    product = databases.product_on(engine_name, tmp_path_factory)
    with clock.frozen(NOW), product.app_context():
        yield product
        db.session.remove()


@pytest.fixture
def now(app: Flask) -> datetime:
    """The instant at which the time of this test stands."""
    return clock.now()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A browser that is not signed in."""
    return CheckingClient(app)


@pytest.fixture
def client_for(app: Flask) -> Callable[[Account], CheckingClient]:
    """Browsers signed in to accounts."""

    def open_browser(account: Account) -> CheckingClient:
        return sign_in(CheckingClient(app), account)

    return open_browser


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[Statements]]:
    """Counts the SQL statements of what happens inside `with statements() as seen:`."""
    return counted


@pytest.fixture(scope="module")
def rivals() -> Iterator[Rivals]:
    """The processes of a file's races."""
    with Rivals() as started:
        yield started


@pytest.fixture
def place(engine_name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A database that rivals share: its address, its folder, and the product on it for the test itself, at today's time."""
    address = databases.fresh_address(engine_name, tmp_path, tmp_path_factory)
    with product_at(address, tmp_path).app_context():
        yield address, tmp_path
        db.session.remove()
        db.engine.dispose()
