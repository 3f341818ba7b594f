"""Too much at once: what is larger than this installation takes, and a disk without room."""

import errno
import io
import os

import pytest
from sqlalchemy import func, select, text
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kstthc_training.db import db, unit_of_work
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.people.enums import Role
from tests.support.factories import make_account, make_event, make_organisation

PDF = b"%PDF-1.7\n"


@pytest.fixture
def give(client_for):
    """Hands a paper to an event."""
    event, browser = make_event(), client_for(make_account(Role.ORGANIZER))

    def given(content: bytes, **fields):
        data = {"title": "", "audience": "signed_in", "day": "", "hour": "", **fields}
        boundary, body = encode_multipart({**data, "file": FileStorage(io.BytesIO(content), filename="a.pdf")})
        address, media_type = f"/hop/{event.code}/quan-ly/tai-lieu", f"multipart/form-data; boundary={boundary}"
        return browser.post(address, data=body, content_type=media_type)

    return given


def kept_files():
    return [path for path in own_store().root.rglob("*") if path.is_file()]


def limit(app):
    return app.config["SETTINGS"].max_upload_mb * 1_000_000


def test_a_file_of_just_the_limit_is_taken_whatever_else_the_form_holds(app, give):
    assert give(PDF + bytes(limit(app) - len(PDF)), title="Bản đầy đủ " * 10).status_code == 303


def test_a_larger_form_is_refused_with_the_limit_and_what_to_do(app, give):
    answer = give(PDF + bytes(limit(app) + 1_000_000))
    assert answer.status_code == 413
    assert f"Ở đây nhận tệp lớn nhất {app.config['SETTINGS'].max_upload_mb} MB" in answer.text
    assert "tách thành nhiều tệp" in answer.text


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_without_room_for_a_file_nothing_is_half_stored(give, monkeypatch, code):
    def no_room(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", no_room)
    answer = give(PDF)
    assert answer.status_code == 507
    assert "Ổ đĩa của máy chủ đã đầy nên việc vừa làm chưa được ghi" in answer.text
    assert kept_files() == []
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    monkeypatch.undo()
    assert give(PDF).status_code == 303


@pytest.mark.parametrize(("numbers", "status"), [(10_000, 404), (70_000, 413)])
def test_more_ticks_than_a_statement_takes_are_refused(client_for, numbers, status):
    organisation, event = make_organisation(), make_event()
    browser = client_for(make_account(Role.ORGANIZER, focal_of=organisation))
    ticked = [*range(1_000_000, 1_000_000 + numbers)]
    for address, name in (
        (f"/hop/{event.code}/quan-ly/dang-ky/huy", "id"),
        (f"/don-vi/{organisation.id}/{event.code}", "nguoi"),
    ):
        assert browser.post(address, data={name: ticked}).status_code == status, address


def test_another_trouble_with_files_is_no_lack_of_room(give, monkeypatch):
    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    assert give(PDF).status_code == 500


NO_ROOM = (
    "CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN "
    "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER full_disk BEFORE INSERT ON stored_files FOR EACH ROW EXECUTE FUNCTION no_room()",
)
ROOM_AGAIN = ("DROP TRIGGER full_disk ON stored_files", "DROP FUNCTION no_room()")


def told(*statements: str) -> None:
    with unit_of_work() as session:
        for statement in statements:
            session.execute(text(statement))


@pytest.fixture
def full_disk(engine_name, give):
    """A database that finds no room for further rows: by its own limit, or by what a server says."""
    if engine_name == "sqlite":
        told("PRAGMA max_page_count=1")  # no larger than it is now, on the one connection of this test
        yield
    else:
        told(*NO_ROOM)
        yield
        told(*ROOM_AGAIN)


def test_without_room_for_rows_the_page_says_so_and_the_bytes_go_too(full_disk, give):
    answers = (give(PDF, title=f"{number} " + "Rất dài " * 15) for number in range(40))
    answer = next(answer for answer in answers if answer.status_code != 303)
    assert answer.status_code == 507
    assert "Ổ đĩa của máy chủ đã đầy" in answer.text
    assert len(kept_files()) == db.session.scalar(select(func.count()).select_from(StoredFile))
