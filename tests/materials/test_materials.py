"""Papers of an event: given, locked, fetched by range, counted, withdrawn; hostile files are refused."""

import io
import unicodedata
import zipfile
from datetime import timedelta

import docx
import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.materials.models import Download, Material
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.web.locale import day, hour
from tests.support.factories import make_account, make_event, make_registration

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


@pytest.fixture
def organizer(client_for):
    return client_for(make_account(Role.ORGANIZER))


def give(client, event, *, name="thong-cao.pdf", content=PDF, **fields):
    data = {"file": (io.BytesIO(content), name), "title": "", "audience": "signed_in", "day": "", "hour": "", **fields}
    return client.post(f"/hop/{event.code}/quan-ly/tai-lieu", data=data, content_type="multipart/form-data")


def only_material():
    return db.session.scalars(select(Material)).one()


def address(event, material):
    return f"/hop/{event.code}/tai-lieu/{material.id}"


def a_docx():
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def a_zip(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def test_a_paper_is_given_and_fetched_as_an_attachment_under_its_name(organizer, client_for):
    event = make_event()
    name = unicodedata.normalize("NFD", "Thông cáo báo chí.pdf")
    assert give(organizer, event, name=name).status_code == 303
    answer = client_for(make_account()).get(address(event, only_material()))
    assert answer.data == PDF
    assert "filename*=UTF-8''Th%C3%B4ng%20c%C3%A1o%20b%C3%A1o%20ch%C3%AD.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_ranges_are_answered_and_a_fetch_counts_once(organizer, client_for):
    event = make_event()
    give(organizer, event)
    reader = client_for(make_account())
    first = reader.get(address(event, only_material()), headers={"Range": "bytes=0-99"})
    rest = reader.get(address(event, only_material()), headers={"Range": "bytes=100-"})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.data + rest.data == PDF
    assert db.session.scalar(select(func.count()).select_from(Download)) == 1


@pytest.mark.parametrize("wanted", ["lines=0-1", "bytes=0-0,2-3", "bytes=a-b", "bytes=", "bytes=²-³"])
def test_a_range_that_is_none_is_answered_with_the_whole(organizer, wanted):
    event = make_event()
    give(organizer, event)
    answer = organizer.get(address(event, only_material()), headers={"Range": wanted.encode("utf-8").decode("latin-1")})
    assert (answer.status_code, answer.data) == (200, PDF)
    assert db.session.scalar(select(func.count()).select_from(Download)) == 1


def test_a_range_beyond_the_end_is_refused(organizer):
    event = make_event()
    give(organizer, event)
    answer = organizer.get(address(event, only_material()), headers={"Range": f"bytes={len(PDF)}-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(PDF)}")


def test_an_unchanged_file_is_304_and_not_counted(organizer):
    event = make_event()
    give(organizer, event)
    tag = organizer.get(address(event, only_material())).headers["ETag"]
    assert organizer.get(address(event, only_material()), headers={"If-None-Match": tag}).status_code == 304
    assert db.session.scalar(select(func.count()).select_from(Download)) == 1


def test_papers_for_the_registered_are_closed_to_others(organizer, client_for):
    event = make_event()
    give(organizer, event, audience="registered")
    stranger, guest = make_account(), make_account()
    make_registration(event, db.session.get_one(Person, guest.person_id))
    assert client_for(stranger).get(address(event, only_material())).status_code == 403
    assert client_for(guest).get(address(event, only_material())).status_code == 200
    assert "Dành cho người đã đăng ký" in client_for(stranger).get(f"/hop/{event.code}").text


def test_a_paper_is_locked_until_its_hour_but_listed(organizer, client_for):
    event = make_event()
    opens = clock.now() + timedelta(hours=2)
    give(organizer, event, day=day(opens), hour=hour(opens))
    reader = client_for(make_account())
    assert reader.get(address(event, only_material())).status_code == 403
    assert "Chưa phát" in reader.get(f"/hop/{event.code}").text
    with clock.frozen(opens):
        assert reader.get(address(event, only_material())).status_code == 200
    with clock.frozen(opens - timedelta(seconds=1)):
        assert reader.get(address(event, only_material())).status_code == 403


def test_a_withdrawn_paper_is_unknown_and_comes_back(organizer):
    event = make_event()
    give(organizer, event)
    material = only_material()
    base = f"/hop/{event.code}/quan-ly/tai-lieu/{material.id}"
    organizer.post(f"{base}/rut")
    assert organizer.get(address(event, material)).status_code == 404
    organizer.post(f"{base}/tra-lai")
    assert organizer.get(address(event, material)).status_code == 200
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["material.added", "material.withdrawn", "material.restored"]


def test_a_paper_is_not_found_under_another_event(organizer):
    event, other = make_event(), make_event()
    give(organizer, event)
    assert organizer.get(address(other, only_material())).status_code == 404


def test_a_draft_hides_its_papers(organizer, client_for):
    event = make_event(state=EventState.DRAFT)
    give(organizer, event)
    assert client_for(make_account()).get(address(event, only_material())).status_code == 404


def change(browser, event, *, version=1, **typed):
    """Press the button that changes the only paper, with what was typed about it."""
    material = only_material()
    data = {f"tl{material.id}-{name}": value for name, value in {**typed, "version": version}.items()}
    return browser.post(f"/hop/{event.code}/quan-ly/tai-lieu/{material.id}", data=data)


def shown(answer):
    """Audience, day, hour and version as the form of the only paper has them, whether it stands open, and what is saved."""
    page, prefix = html.document_fromstring(answer.text), f"tl{only_material().id}-"
    form = page.xpath(f"//form[.//input[@name='{prefix}version']]")[0]
    typed = [form.xpath(f"string(.//input[@name='{prefix}{name}']/@value)") for name in ("day", "hour", "version")]
    audience = form.xpath(f"string(.//input[@name='{prefix}audience'][@checked]/@value)")
    return audience, *typed, bool(form.xpath("ancestor::details[@open]")), form.xpath("string(.//ins)")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "31/02/2026", "hour": "14:00"}, "Ngày không đọc được. Hãy gõ như 05/03/2026."),
        ({"day": "", "hour": "14:00"}, "Đã có giờ, hãy điền ngày phát, hoặc để trống cả hai để phát ngay."),
        ({"day": "20/03/2026", "hour": ""}, "Đã có ngày, hãy điền giờ phát, ví dụ 14:00."),
        ({"day": "20/03/2026", "hour": "25:00"}, "Giờ không đọc được. Hãy gõ như 13:30."),
    ],
)
def test_a_refused_change_keeps_everything_typed(organizer, typed, said):
    event = make_event()
    give(organizer, event)
    answer = change(organizer, event, audience="registered", **typed)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert shown(answer) == ("registered", typed["day"], typed["hour"], "1", True, "")
    assert "<title>Lỗi: Tài liệu" in " ".join(answer.text.split())
    db.session.rollback()
    assert (only_material().audience, only_material().available_at) == ("signed_in", None)


def test_of_two_changes_the_later_one_is_told_of_the_first(organizer, client_for):
    event = make_event()
    give(organizer, event)
    assert change(organizer, event, audience="registered", day="20/03/2026", hour="14:00").status_code == 303
    other = client_for(make_account(Role.ORGANIZER))
    answer = change(other, event, audience="signed_in", day="21/03/2026", hour="8h")
    assert answer.status_code == 409
    assert "Có người vừa lưu trước." in answer.text
    saved = "Người đăng ký, phát lúc 14:00 20/03/2026"
    assert shown(answer) == ("signed_in", "21/03/2026", "8h", "2", True, saved)
    db.session.rollback()
    assert only_material().audience == "registered"
    assert change(other, event, version=2, audience="signed_in", day="21/03/2026", hour="8h").status_code == 303
    db.session.rollback()
    assert (only_material().audience, day(only_material().available_at)) == ("signed_in", "21/03/2026")


def test_for_whom_and_when_can_be_changed(organizer):
    event = make_event()
    give(organizer, event)
    assert change(organizer, event, audience="registered", day="20/03/2026", hour="14:00").status_code == 303
    db.session.rollback()
    material = only_material()
    assert (material.audience, day(material.available_at), hour(material.available_at)) == (
        "registered",
        "20/03/2026",
        "14:00",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("trang.html", b"<script>alert(1)</script>"),
        ("gia.pdf", b"<html>"),
        ("gia.docx", b"PK\x03\x04 broken"),
        ("gia.docx", a_zip("a.txt")),
        ("macro.docx", a_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("anh.svg", b"<svg onload='x'/>"),
        ("rong.pdf", b""),
        ("khong-duoi", PDF),
        ("chu.txt", b"a\0b"),
    ],
)
def test_other_files_are_refused_with_words_and_leave_nothing(organizer, name, content):
    event = make_event()
    answer = give(organizer, event, name=name, content=content)
    assert answer.status_code == 422
    assert 'class="errsum"' in answer.text
    assert db.session.scalars(select(StoredFile)).all() == []
    assert list(own_store().root.glob("??/*")) == []


def test_a_real_document_is_taken(organizer):
    event = make_event()
    assert give(organizer, event, name="Chương trình.docx", content=a_docx()).status_code == 303
    assert only_material().title == "Chương trình"


def test_a_wrong_hour_keeps_what_was_typed(organizer):
    event = make_event()
    answer = give(organizer, event, title="Bản tin", day="31/02/2026", hour="25:99")
    assert answer.status_code == 422
    assert 'value="Bản tin"' in answer.text
    assert 'value="31/02/2026"' in answer.text


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_only_organizers_give_papers(client_for, role):
    event = make_event()
    client = client_for(make_account(*([role] if role else [])))
    assert give(client, event).status_code == 403
    assert client.get(f"/hop/{event.code}/quan-ly/tai-lieu").status_code == 403


def test_pages_need_the_same_statements_for_many(organizer, client_for, statements):
    reader = client_for(make_account())
    counts = []
    for papers in (1, 8):
        event = make_event()
        for number in range(papers):
            give(organizer, event, name=f"{number}.pdf")
        for client, page in ((organizer, f"/hop/{event.code}/quan-ly/tai-lieu"), (reader, f"/hop/{event.code}")):
            with statements() as seen:
                assert client.get(page).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
