"""Bytes on disk and the rows that speak of them."""

import hashlib
import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.files.agreement import compare
from kstthc_training.files.jobs import remove_orphans
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import Store, TooLarge, own_store


@pytest.fixture
def store(app: Flask, tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def kept(store: Store, octets: bytes = b"bien ban", *, limit: int = 1000) -> str:
    with unit_of_work():
        stored = store.keep(BytesIO(octets), name="Biên bản.pdf", media_type="application/pdf", limit=limit, now=clock.now())
        return stored.key


def left_over(store: Store, *, age: timedelta) -> Path:
    """A file without a row, last touched `age` ago."""
    path = store.path("ab" + "0" * 30)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"?")
    touched = (clock.now() - age).timestamp()
    os.utime(path, (touched, touched))
    return path


def test_kept_file_lies_under_its_random_key_and_its_row_says_what_it_is(store: Store, now: datetime) -> None:
    key = kept(store)

    row = db.session.scalars(select(StoredFile)).one()
    assert store.path(key).read_bytes() == b"bien ban"
    assert (row.key, row.name, row.size, row.stored_at) == (key, "Biên bản.pdf", 8, now)
    assert row.sha256 == hashlib.sha256(b"bien ban").hexdigest()


def test_exactly_the_limit_is_kept_and_one_octet_more_leaves_nothing(store: Store) -> None:
    kept(store, b"x" * 10, limit=10)

    with pytest.raises(TooLarge) as refusal:
        kept(store, b"x" * 11, limit=10)

    assert refusal.value.facts["limit"] == 10
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert len(list(store.root.glob("??/*"))) == 1


def test_row_of_a_failed_act_is_gone_and_its_bytes_become_an_orphan(store: Store, now: datetime) -> None:
    with pytest.raises(RuntimeError), unit_of_work():
        store.keep(BytesIO(b"x"), name="x", media_type="text/plain", limit=10, now=now)
        raise RuntimeError("the act failed")

    assert db.session.scalars(select(StoredFile)).all() == []
    assert len(compare(store, now=datetime.fromtimestamp(2**33, tz=now.tzinfo)).orphans) == 1


def test_rows_and_files_that_agree(store: Store, now: datetime) -> None:
    kept(store)
    left_over(store, age=timedelta(hours=23, minutes=59))  # an act may still be under way

    found = compare(store, now=now, read_bytes=True)

    assert (found.holds, found.rows) == (True, 1)


def test_what_does_not_agree_is_named(store: Store, now: datetime) -> None:
    gone, short, altered = kept(store), kept(store), kept(store)
    store.remove(gone)
    store.path(short).write_bytes(b"bien")
    store.path(altered).write_bytes(b"bien bam")
    orphan = left_over(store, age=timedelta(days=1, seconds=1))

    quick, full = compare(store, now=now), compare(store, now=now, read_bytes=True)

    assert (quick.missing, quick.changed, quick.orphans) == ([gone], [short], [orphan])
    assert (full.missing, sorted(full.changed), full.holds) == ([gone], sorted([short, altered]), False)


def test_daily_job_removes_old_orphans_and_nothing_else(app: Flask, now: datetime) -> None:
    store = own_store()
    key = kept(store)
    old = left_over(store, age=timedelta(days=2))
    row_less = store.path("cd" + "0" * 30)
    row_less.parent.mkdir(parents=True, exist_ok=True)
    row_less.write_bytes(b"just now")
    os.utime(row_less, (now.timestamp(), now.timestamp()))

    remove_orphans({"day": "2026-03-18"}, now)

    assert [path.exists() for path in (store.path(key), old, row_less)] == [True, False, True]
    row_less.unlink()


def check(app: Flask, *options: str) -> tuple[int, list[str]]:
    result = app.test_cli_runner().invoke(args=["check", *options])
    return result.exit_code, result.output.splitlines()


def test_command_says_that_all_is_well(app: Flask) -> None:
    kept(own_store())

    assert check(app, "--full") == (0, ["1 tệp trong cơ sở dữ liệu: thiếu 0, sai 0; thừa trong kho 0."])


def test_command_names_what_is_wrong_and_fails(app: Flask) -> None:
    gone = kept(own_store())
    own_store().remove(gone)
    orphan = left_over(own_store(), age=timedelta(days=2))

    assert check(app) == (
        1,
        [f"thiếu  {gone}", f"thừa   {orphan.name}", "1 tệp trong cơ sở dữ liệu: thiếu 1, sai 0; thừa trong kho 1."],
    )
    orphan.unlink()
