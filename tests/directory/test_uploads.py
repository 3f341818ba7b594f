"""Files between preview and import: kept on disk for one account, taken in once, let go after a day."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import AlreadyImported, ImportRefused
from kstthc_training.directory.jobs import forget_old_uploads
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.directory.queries import get_upload
from kstthc_training.directory.service import content_of, import_upload, keep_upload
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.refusals import NotAllowed, Unknown
from tests.directory.files import csv_bytes, organisations_table
from tests.support.factories import make_account

CONTENT = csv_bytes("mã;tên;loại", "1;Sở A;department")


@pytest.fixture
def actor(app):
    account = make_account()
    return Actor(account_id=account.id, person_id=account.person_id)


def on_disk():
    """The bytes of the file, there before anything speaks of them."""
    return own_store().holding(BytesIO(CONTENT), limit=len(CONTENT))


def kept(actor, now, *, name="tep.csv"):
    with on_disk() as bytes_kept, unit_of_work():
        upload = keep_upload(actor=actor, kind=ImportKind.ORGANISATIONS, file_name=name, kept=bytes_kept, now=now)
    return get_upload(actor=actor, import_id=upload.id)


def take_in(actor, upload, now, *, line="1;Sở A;department"):
    table = organisations_table(line, heading="mã;tên;loại")
    with unit_of_work():
        return import_upload(actor=actor, upload=upload, table=table, chosen=None, send_links=False, now=now)


def test_bytes_come_back_as_they_were_handed_in(actor, now):
    upload = kept(actor, now, name="C:\\Tệp của tôi\\Da\u0301nh sa\u0301ch.csv")
    assert content_of(upload) == CONTENT
    assert (upload.file_name, upload.file.size) == ("Dánh sách.csv", len(CONTENT))


def test_nobody_else_gets_at_it(actor, now):
    upload = kept(actor, now)
    other = Actor(account_id=make_account().id)
    for reader in (other, SYSTEM, Actor()):
        with pytest.raises(Unknown):
            get_upload(actor=reader, import_id=upload.id)


def test_nobody_keeps_a_file_for_nobody(app, now):
    with pytest.raises(NotAllowed), on_disk() as bytes_kept, unit_of_work():
        keep_upload(actor=SYSTEM, kind=ImportKind.PEOPLE, file_name="a.csv", kept=bytes_kept, now=now)
    assert [path for path in own_store().root.rglob("*") if path.is_file()] == []


def test_taken_in_once_and_the_file_goes(actor, now):
    upload = kept(actor, now)
    done = take_in(actor, upload, now)
    assert (done.new, done.changed, done.imported_at) == (1, 0, now)
    with pytest.raises(AlreadyImported) as refused:
        take_in(actor, upload, now + timedelta(minutes=1))
    assert refused.value.facts == {"imported_at": now, "new": 1, "changed": 0}
    db.session.rollback()
    assert len(db.session.scalars(select(Organisation.id)).all()) == 1
    assert db.session.scalars(select(StoredFile.id)).all() == []
    with pytest.raises(Unknown):
        content_of(get_upload(actor=actor, import_id=upload.id))


def test_refused_file_stays_to_be_tried_again(actor, now):
    upload = kept(actor, now)
    with pytest.raises(ImportRefused):
        take_in(actor, upload, now, line="1;;department")
    assert content_of(get_upload(actor=actor, import_id=upload.id)) == CONTENT
    assert take_in(actor, upload, now).new == 1


@pytest.mark.parametrize(("age", "stays"), [(timedelta(days=1), True), (timedelta(days=1, seconds=1), False)])
def test_let_go_after_a_day(actor, now, age, stays):
    upload = kept(actor, now)
    forget_old_uploads({}, now + age)
    db.session.rollback()
    assert (db.session.scalars(select(DirectoryImport.id)).all() == [upload.id]) is stays
    assert bool(db.session.scalars(select(StoredFile.id)).all()) is stays


def test_what_was_taken_in_stays_on_record(actor, now):
    upload = kept(actor, now)
    take_in(actor, upload, now)
    forget_old_uploads({}, now + timedelta(days=400))
    db.session.rollback()
    assert db.session.scalars(select(DirectoryImport.new)).all() == [1]


def test_bytes_gone_from_the_disk_are_unknown(actor, now):
    upload = kept(actor, now)
    own_store().remove(upload.file.key)
    with pytest.raises(Unknown):
        content_of(upload)
