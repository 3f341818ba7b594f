"""Files handed in: on disk before a unit of work begins, since syncing a disk takes long and others wait to write."""

import io
import os

import pytest

from kstthc_training.db import db
from kstthc_training.people.enums import Role
from tests.directory.files import csv_bytes
from tests.support.factories import make_account, make_event

LIST = csv_bytes("mã;tên;loại", "1;Sở A;department")
UPLOADS = {
    "/hop/{code}/quan-ly/tai-lieu": {"file": (b"%PDF-1.7\n", "a.pdf"), "audience": "signed_in"},
    "/danh-ba/nhap": {"file": (LIST, "tep.csv"), "kind": "organisations"},
}


@pytest.fixture
def synced(monkeypatch):
    """Of every sync of a file or a folder, whether it fell into a unit of work."""
    seen, sync = [], os.fsync

    def seeing(descriptor: int) -> None:
        seen.append(bool(db.session().info.get("in_unit_of_work")))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", seeing)
    return seen


@pytest.mark.parametrize("address", UPLOADS)
def test_no_file_is_written_while_the_database_is(client_for, synced, address):
    browser, event = client_for(make_account(Role.ORGANIZER)), make_event()
    content, name = UPLOADS[address]["file"]
    data = {**UPLOADS[address], "file": (io.BytesIO(content), name)}
    assert browser.post(address.format(code=event.code), data=data).status_code == 303
    assert synced == [False, False, False]  # the file, its folder, and the folder above
