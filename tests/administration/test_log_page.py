"""The audit log: words, filters, pages."""

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import select

import kstthc_training
from kstthc_training import clock
from kstthc_training.administration.words import ACTIONS, subject_words, trouble_words
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.service import record
from kstthc_training.audit.words import action_words
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Session
from kstthc_training.organisations.models import OrganisationLevel
from kstthc_training.outbox.enums import KnownTrouble
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.people.enums import Role
from kstthc_training.settings.service import set_value
from tests.support.factories import make_account, make_event, make_organisation, make_person

LOG = "/quan-tri/nhat-ky"


def did(action, *, by=SYSTEM, about=("event", None), at=None, **facts):
    with unit_of_work():
        record(actor=by, action=action, subject_type=about[0], subject_id=about[1], now=at or clock.now(), **facts)


def rows(browser, **query):
    answer = browser.get(LOG, query_string=query)
    assert answer.status_code == 200
    return [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row.xpath("td")]
        for row in html.document_fromstring(answer.text).xpath("//tbody/tr")
    ]


def acts(browser, **query):
    return [row[2] for row in rows(browser, **query)]


@pytest.fixture
def organizer(app):
    account = make_account(Role.ORGANIZER, person=make_person("Nguyễn Mẫu An"))
    return Actor(account_id=account.id, display_name="Nguyễn Mẫu An", address="10.20.4.31")


def test_a_row_tells_when_who_what_about_whom_and_from_where(browser, organizer):
    event = make_event("Tập huấn số hóa hồ sơ")
    did("registrations.exported", by=organizer, about=("event", event.id))
    number = db.session.scalars(select(AuditEntry.id).where(AuditEntry.action == "registrations.exported")).one()
    assert rows(browser, nhom="doc", nguoi=organizer.account_id) == [
        [
            "09:00:00 18/03/2026",
            "Nguyễn Mẫu An",
            "Xuất danh sách đăng ký",
            "Tập huấn số hóa hồ sơ",
            "10.20.4.31",
            str(number),
        ]
    ]


def test_reading_the_log_is_itself_recorded(browser, administrator):
    assert rows(browser)[0][1:4] == ["Đoàn Mẫu Quân", "Xem nhật ký hệ thống", ""]


def test_newest_stands_first_and_pages_follow(browser, statements):
    for number in range(60):
        did("event.edited", about=("event", number))
    browser.get(LOG)
    with statements() as seen:
        first = browser.page(f"{LOG}?nhom=cuoc-hop")
    assert "1–50 trong 60" in first.text_content()
    assert "60 dòng khớp trong 61" in first.text_content()
    (following,) = first.xpath("//a[@rel='next']/@href")
    assert following == f"{LOG}?nhom=cuoc-hop&trang=2"
    assert len(browser.page(following).xpath("//tbody/tr")) == 10
    assert len(seen) <= 12


def test_the_number_of_statements_does_not_grow(browser, statements, organizer):
    def fill(times):
        for _ in range(times):
            did("event.edited", by=organizer, about=("event", make_event().id))
            did(
                "account.role_granted",
                by=organizer,
                about=("account", organizer.account_id),
                organisation_id=make_organisation().id,
            )
            did("person.added", by=organizer, about=("person", make_person().id))

    fill(1)
    browser.get(LOG)
    with statements() as few:
        browser.get(LOG)
    fill(8)
    with statements() as many:
        browser.get(LOG)
    assert len(many) == len(few)


def test_filters_by_group_author_and_day_narrow_together(browser, organizer, now):
    day = timedelta(days=1)
    did("event.created", by=organizer, at=now - 2 * day)
    did("event.released", by=organizer, at=now - day)
    did("session.closed", by=SYSTEM, at=now)
    did("sign_in.begun", by=organizer, at=now)
    assert acts(browser, nhom="cuoc-hop") == ["Chốt điểm danh", "Phát hành cuộc họp", "Tạo cuộc họp"]
    assert acts(browser, nhom="cuoc-hop", nguoi=organizer.account_id) == ["Phát hành cuộc họp", "Tạo cuộc họp"]
    assert acts(browser, nhom="cuoc-hop", tu="17/03/2026") == ["Chốt điểm danh", "Phát hành cuộc họp"]
    assert acts(browser, nhom="cuoc-hop", tu="17/3/2026", den="17/3/2026") == ["Phát hành cuộc họp"]
    assert acts(browser, nhom="dang-nhap", nguoi=organizer.account_id) == ["Đăng nhập"]


def test_a_day_begins_and_ends_at_midnight_of_the_province(browser):
    first, last = clock.at_local(date(2026, 3, 10), time.min), clock.at_local(date(2026, 3, 11), time.min)
    instant = timedelta(microseconds=1)
    did("event.created", at=first - instant)
    did("event.edited", at=first)
    did("event.released", at=last - instant)
    did("event.cancelled", at=last)
    assert acts(browser, nhom="cuoc-hop", tu="10/03/2026", den="10/03/2026") == ["Phát hành cuộc họp", "Sửa cuộc họp"]


def test_a_day_that_is_none_is_refused_in_words(browser):
    answer = browser.get(f"{LOG}?tu=31/02/2026&den=x")
    assert answer.status_code == 422
    assert "Ngày không đọc được" in answer.text
    part = browser.fragment(f"{LOG}?tu=31/02/2026", "danh-sach")
    assert (part.status_code, "Ngày không đọc được" in part.text) == (422, True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nguyen an", ["Xuất danh sách đăng ký"]),
        ("xuat danh sach", ["Xuất danh sách đăng ký"]),
        ("10.20.4", ["Xuất danh sách đăng ký"]),
        ("so hoa", ["Xuất danh sách đăng ký"]),
        ("huong", ["Ngừng tài khoản"]),
        ("an 10.20.9", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_words_are_looked_for_in_people_acts_machines_and_matters(browser, organizer, words, found):
    did("registrations.exported", by=organizer, about=("event", make_event("Tập huấn số hóa hồ sơ").id))
    did("account.disabled", about=("account", make_account(person=make_person("Danh Mẫu Hương")).id))
    assert [each for each in acts(browser, q=words) if each != "Xem nhật ký hệ thống"] == found


def test_a_number_finds_its_row(browser):
    did("event.created")
    did("event.edited")
    number = db.session.scalars(select(AuditEntry.id).where(AuditEntry.action == "event.edited")).one()
    assert acts(browser, q=str(number), nhom="cuoc-hop") == ["Sửa cuộc họp"]
    assert acts(browser, q="9" * 30) == []


def test_what_the_facts_say_is_told_in_words(browser, organizer):
    organisation = make_organisation("Sở Tài chính")
    did(
        "account.role_granted",
        by=organizer,
        about=("account", organizer.account_id),
        role="focal_point",
        organisation_id=organisation.id,
    )
    with unit_of_work():
        set_value(actor=organizer, name="place", value="An Giang", valid_from=date(2026, 7, 1), now=clock.now())
    changed, granted = (row[3] for row in rows(browser, nguoi=organizer.account_id))
    assert granted == "Nguyễn Mẫu An Quyền: Đầu mối đơn vị · Đơn vị: Sở Tài chính"
    assert changed == "Địa danh Nay là: An Giang · Từ ngày: 01/07/2026"


def test_the_author_asked_for_stands_in_the_list_though_no_staff(browser, organizer):
    guest = make_account(person=make_person("Trần Mẫu Bình"))
    options = browser.page(LOG).xpath("//select[@name='nguoi']/option/text()")
    assert options == ["Mọi người", "Nguyễn Mẫu An", "Đoàn Mẫu Quân"]
    page = browser.page(f"{LOG}?nguoi={guest.id}")
    assert page.xpath("//select[@name='nguoi']/option[@selected]/text()") == ["Trần Mẫu Bình"]


def test_a_part_of_the_log_is_a_slice_of_the_page(browser):
    did("event.created")
    browser.get(LOG)
    assert browser.fragment(f"{LOG}?nhom=cuoc-hop", "danh-sach").text.strip() in browser.get(f"{LOG}?nhom=cuoc-hop").text


def test_nobody_changes_the_log_through_its_page(browser):
    assert browser.post(LOG).status_code == 405


def test_hostile_facts_are_shown_as_text(browser):
    did("event.edited", by=Actor(display_name="<b>x</b>"), changes={"title": ["<script>alert(1)</script>", "%s {{7*7}}"]})
    text = browser.get(f"{LOG}?nhom=cuoc-hop").text
    assert "<script>alert" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; → %s {{7*7}}" in text


def test_words_of_acts_facts_and_matters(app):
    with app.test_request_context():
        assert action_words("event.released") == "Phát hành cuộc họp"
        assert action_words("thing.unheard_of") == "thing.unheard_of"
        assert subject_words("event", 7, None) == "cuộc họp số 7"
        assert subject_words("thing", 7, None) == "thing 7"
        assert subject_words("event", 7, "Họp báo") == "Họp báo"
        assert trouble_words(KnownTrouble.NO_LINK) != KnownTrouble.NO_LINK
        assert trouble_words("550 no such user") == "550 no such user"
        assert trouble_words(None) == ""


def told(browser, *, about, **facts):
    """What the log says of an act with these facts."""
    did("organisation.changed", about=about, **facts)
    return rows(browser, nhom="danh-ba")[0][3]


def test_facts_of_organisations_are_told_by_name_and_day(browser):
    ministry, office = make_organisation("Bộ Tài chính"), make_organisation("Sở Tài chính")
    about = ("organisation", office.id)
    changes = {"parent_id": [None, ministry.id], "phone": ["", "02973812345"], "level_id": [office.level_id] * 2}
    level = db.session.get_one(OrganisationLevel, office.level_id).name_vi
    assert told(browser, about=about, changes=changes) == (
        f"Sở Tài chính Thuộc: – → Bộ Tài chính · Điện thoại: – → 0297 381 2345 · Cấp: {level} → {level}"
    )
    assert told(browser, about=about, before=["Sở Tài Chính", ""], after=["Sở Tài chính", "STC"]) == (
        "Sở Tài chính Trước: Sở Tài Chính · Nay là: Sở Tài chính, STC"
    )
    continued = {"successor_id": ministry.id, "effective_on": "2025-07-01", "whole": True, "legal_basis": ""}
    assert told(browser, about=about, **continued) == (
        "Sở Tài chính Nơi kế tục: Bộ Tài chính · Từ ngày: 01/07/2025 · Kế tục toàn bộ: có"
    )


def test_facts_of_people_imports_jobs_and_visits_are_told_in_words(browser):
    person = make_person("Lê Mẫu Châu")
    about = ("person", person.id)
    assert told(browser, about=about, fields=["full_name", "organisation_id"]) == "Lê Mẫu Châu Mục: Họ và tên, Đơn vị"
    assert told(browser, about=about, means="new-password") == "Lê Mẫu Châu Cách vào: Mật khẩu mới"
    assert told(browser, about=about, purpose="set-password") == "Lê Mẫu Châu Để: Đặt mật khẩu"
    assert told(browser, about=("directory", None), kind="organisations", new=1200, changed=0) == (
        "Loại: Danh sách nơi · Thêm: 1.200 · Cập nhật: 0"
    )
    assert told(browser, about=("job", 3), kind="people.tidy") == ("việc nền số 3 Loại: Dọn phiên đăng nhập và liên kết cũ")


def test_facts_of_an_event_are_told_as_in_its_own_log(browser):
    event, person = make_event("Tập huấn", sessions=2), make_person("Lê Mẫu Châu")
    second = db.session.scalars(select(Session.id).where(Session.position == 1)).one()
    did("session.closed", about=("event", event.id), session_id=second, absent=3)
    did("registration.cancelled", about=("event", event.id), person_id=person.id, rule="by-organizer", reason="Ốm")
    did("event.released", about=("event", event.id), changes={"state": ["draft", "released"]})
    did("event.created", about=("event", event.id), title="Tập huấn", code="H-1")
    assert [row[3] for row in rows(browser, nhom="cuoc-hop")] == [
        "Tập huấn",
        "Tập huấn Trạng thái: Dự thảo → Đã phát hành",
        "Tập huấn Lê Mẫu Châu · Ban tổ chức hủy đăng ký · Ốm",
        "Tập huấn Buổi 2 · 3 người ghi vắng",
    ]


@pytest.mark.parametrize(
    ("slug", "first", "last", "words"),
    [
        ("quy-3", date(2026, 6, 15), date(2026, 9, 14), "Quý III/2026"),
        ("thang-1", date(2025, 12, 15), date(2026, 1, 14), "Tháng 1/2026"),
        ("6-thang-dau", date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        ("tu-chon", date(2026, 2, 1), date(2026, 3, 15), "Từ 01/02/2026 đến 15/03/2026"),
    ],
)
def test_a_period_is_called_as_its_page_calls_it(browser, slug, first, last, words):
    facts = {"period": slug, "first": first.isoformat(), "last": last.isoformat()}
    did("report.exported", about=("report", None), form="docx", **facts)
    assert rows(browser, nhom="doc")[-1][3] == f"Định dạng: DOCX · Kỳ: {words}"


def test_a_long_line_is_cut(browser):
    said = told(browser, about=("organisation", make_organisation("Sở").id), legal_basis="x" * 500)
    assert (len(said), said[-1]) == (len("Sở ") + 120, "…")


def test_no_act_stands_in_two_groups():
    names = [action for _label, acts_of_group in ACTIONS.values() for action in acts_of_group]
    assert len(names) == len(set(names))


def test_every_act_that_the_product_records_has_words():
    recorded = re.compile(
        r'(?:action=|note_reading\(|_record\w*\()\s*"([a-z_]+\.[a-z_]+)"(?: if .*? else "([a-z_]+\.[a-z_]+)")?'
    )
    sources = (path.read_text(encoding="utf-8") for path in Path(kstthc_training.__file__).parent.rglob("*.py"))
    acts = {act for source in sources for pair in recorded.findall(source) for act in pair if act}
    known = {act for _label, words in ACTIONS.values() for act in words}
    assert len(acts) > 30
    assert acts - known == set()
