"""What is said when the product does not start."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from kstthc_training.db import unit_of_work
from tests.serve.product import Product, free_port
from tests.support.factories import make_account

Refusal = Callable[..., tuple[int, str]]


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[Refusal]:
    """Exit code and complaint of a product that does not start; nothing of it is left running."""
    started: list[Product] = []

    def begin(**settings: str) -> tuple[int, str]:
        port = int(settings.pop("PORT", 0))
        started.append(Product(tmp_path, port=port, **settings))
        exit_code, said, complained = started[-1].outcome()
        assert "đang chạy" not in said
        return exit_code, complained

    yield begin
    for product in started:
        assert product.children() == []
        product.kill()


def test_taken_port_is_named_with_one_to_try(refused: Refusal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        exit_code, complained = refused(PORT=str(taken))

    first, _, proposed = complained.strip().partition(". Thử PORT=")
    assert (exit_code, first) == (2, f"Cổng {taken} đang được dùng bởi một chương trình khác")
    assert taken < int(proposed.removesuffix(" make run")) < taken + 100


def test_address_of_another_machine_is_named(refused: Refusal) -> None:
    exit_code, complained = refused(HOST="192.0.2.1")

    assert (exit_code, complained.startswith("Không mở được 192.0.2.1")) == (2, True)


def test_name_without_address_is_named(refused: Refusal) -> None:
    exit_code, complained = refused(HOST="no-such-host.invalid")

    assert (exit_code, complained.startswith("HOST=no-such-host.invalid:")) == (2, True)


def test_weak_settings_are_refused_in_words(refused: Refusal) -> None:
    exit_code, complained = refused(SECRET_KEY="short")

    assert (exit_code, complained.splitlines()[0]) == (
        2,
        "SECRET_KEY is missing or shorter than 32 characters. Make one with:",
    )
    assert "Traceback" not in complained


def test_folder_that_cannot_be_made_is_named(refused: Refusal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    exit_code, complained = refused(DATA_DIR=str(tmp_path / "file" / "data"))

    assert (exit_code, "Traceback" in complained) == (2, False)
    assert str(tmp_path / "file") in complained


def test_unreachable_database_is_named_without_its_password(refused: Refusal) -> None:
    url = f"postgresql+psycopg://vp:tuyet-mat@127.0.0.1:{free_port()}/lich"

    exit_code, complained = refused(DATABASE_URL=url)

    assert (exit_code, complained.startswith("Không mở được cơ sở dữ liệu:")) == (2, True)
    assert "tuyet-mat" not in complained


def test_database_of_a_newer_program_is_left_alone(refused: Refusal, app: Flask, engine_name: str) -> None:
    url = app.config["SETTINGS"].database_url
    with unit_of_work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    exit_code, complained = refused(DATABASE_URL=url)

    assert (exit_code, complained.startswith("Cơ sở dữ liệu không hợp với bản chương trình này")) == (2, True)


def test_sample_accounts_are_refused_in_production(refused: Refusal, app: Flask) -> None:
    account = make_account()
    with unit_of_work() as session:
        session.execute(text("UPDATE accounts SET is_sample = :yes WHERE id = :id"), {"yes": True, "id": account.id})

    exit_code, complained = refused(DATABASE_URL=app.config["SETTINGS"].database_url)

    assert (exit_code, complained.startswith("Cơ sở dữ liệu có tài khoản mẫu")) == (2, True)
