"""The shared link of an event: one page for a guest without an account, his own page behind it, and dead links in words."""

import io
from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import AttemptCount, Person
from kstthc_training.people.service import attempts
from kstthc_training.registrations import guest_form, service
from kstthc_training.registrations.addresses import guest_link
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.models import Answer, GuestEntry, Registration
from kstthc_training.registrations.service.questions import QuestionDraft, add_question
from tests.registrations.actors import an_organizer
from tests.registrations.seats import ruled
from tests.registrations.visitors import arrived, open_to_guests
from tests.support.browser import CheckingClient
from tests.support.factories import make_event, make_organisation, make_person, make_registration
from tests.support.forms import submit

SAID = {"full_name": "Trần Mẫu Bình", "organisation": "Báo Mẫu Xa", "title": "Phóng viên", "email": "binh@bao.example"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def link(event):
    found = guest_link(event.id).rpartition("/")[2]
    db.session.rollback()
    return f"/khach/{found}"


def count(table):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def text(page):
    return " ".join(page.xpath("//main")[0].text_content().split())


def changed(event, **values):
    with unit_of_work() as session:
        row = session.get_one(Event, event.id)
        for name, value in values.items():
            setattr(row, name, value)


def test_opening_the_link_says_what_it_is_and_changes_nothing(client, statements):
    event = open_to_guests(capacity=3, contact_name="Nguyễn Mẫu An", contact_phone="0900000018")
    here = link(event)
    make_registration(event)
    before = [count(table) for table in (Person, Registration, Message, AttemptCount)]
    shown = text(client.page(here))
    for said in ("Tập huấn mẫu", "không cần tài khoản", "Nguyễn Mẫu An", "Bảo vệ dữ liệu cá nhân", "Gửi đăng ký"):
        assert said in shown
    assert [count(table) for table in (Person, Registration, Message, AttemptCount)] == before
    answer = client.get(here)
    assert (answer.headers["Referrer-Policy"], "no-store" in answer.headers["Cache-Control"]) == ("strict-origin", True)
    with statements() as few:
        client.get(here)
    for _more in range(5):
        make_registration(event, state="pending")
        make_organisation(kind="press")
    with statements() as many:
        client.get(here)
    assert len(many) == len(few)


def test_a_guest_is_led_to_a_page_of_his_own_without_any_letter(client):
    here = link(open_to_guests())
    sent = submit(client, here, {**SAID, "email": "", "phone": "0900 000 002"})
    assert (sent.status_code, sent.headers["Location"][:8], sent.headers["Referrer-Policy"]) == (
        303,
        "/ve/thu/",
        "strict-origin",
    )
    own = text(client.page(sent.headers["Location"]))
    for said in (
        "Đăng ký đang chờ duyệt",
        "Trần Mẫu Bình",
        "Phóng viên, Báo Mẫu Xa",
        "Mở lại trang này để xem kết quả",
        "Hủy đăng ký",
    ):
        assert said in own
    assert count(Message) == 0


def test_his_page_shows_the_decision_the_ticket_and_lets_him_withdraw(client, now):
    event = open_to_guests(capacity=1)
    guest, _how = arrived(event)
    own = submit(client, link(event), {**SAID, "full_name": "Lê Mẫu Cúc", "email": "cuc@bao.example"}).headers["Location"]
    other = CheckingClient(client.application)
    with unit_of_work():
        ids = db.session.scalars(select(Registration.id).order_by(Registration.id)).all()
        service.approve(actor=an_organizer(), event_id=event.id, registration_ids=ids, now=now)
    assert "thứ 1 trong danh sách chờ" in text(other.page(own))
    with unit_of_work():
        row = db.session.get_one(Registration, guest.id)
        service.cancel(actor=an_organizer(), registration=row, reason="", now=now)
    page = other.page(own)
    assert page.xpath("//main//*[@class='ticket__qr']//*[name()='svg']") and "Đã đăng ký dự họp" in text(page)
    assert submit(other, f"{own}/huy", {}).status_code == 303
    assert "Đã hủy đăng ký" in text(other.page(own))


def test_his_page_ends_with_the_event(client, now):
    event = open_to_guests()
    own = submit(client, link(event), SAID).headers["Location"]
    changed(event, starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1))
    over = client.get(own)
    assert (over.status_code, "Cuộc họp đã kết thúc" in over.text) == (410, True)
    assert client.post(f"{own}/huy").status_code == 410


def test_the_same_page_sent_twice_leads_to_the_same_registration(client):
    here = link(open_to_guests())
    (token,) = client.page(here).xpath("//input[@name='form_secret']/@value")
    said = {**SAID, "form_secret": token}
    places = {client.post(here, data=said).headers["Location"] for _time in range(2)}
    assert (len(places), count(GuestEntry)) == (1, 1)
    client.post(here, data={**said, "title": "Biên tập viên"})
    assert "những chỗ sửa sau khi gửi chưa được ghi" in client.page(places.pop()).text_content()


def test_from_another_browser_he_is_known_and_his_ticket_is_not_shown(client):
    event = open_to_guests()
    here, stranger = link(event), CheckingClient(client.application)
    own = submit(client, here, SAID).headers["Location"]
    sent = submit(stranger, here, {**SAID, "title": "Kẻ khác"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{here}/da-co")
    page = stranger.page(f"{here}/da-co")
    assert "đã nhận một đăng ký" in text(page) and own not in page.text_content()
    db.session.rollback()
    kinds = db.session.scalars(select(Message.kind).order_by(Message.id)).all()
    assert (kinds, count(GuestEntry)) == (["registration-pending", "registration-known"], 1)


def test_a_made_up_page_secret_opens_nothing(client):
    here = link(open_to_guests())
    for secret in ("", "x", "a" * 42, "a" * 500):
        client.post(here, data={**SAID, "form_secret": secret, "full_name": f"Trần Mẫu {secret[:1]} {len(secret)}"})
    assert count(GuestEntry) == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"full_name": ""}, "Hãy ghi họ và tên."),
        ({"full_name": "12 34"}, "Hãy ghi họ và tên."),
        ({"full_name": "a" * 151}, "Dài 151 ký tự"),
        ({"organisation": " \u200b "}, "Hãy ghi tên cơ quan, đơn vị."),
        ({"email": ""}, "Hãy ghi số điện thoại hoặc email"),
        ({"email": "không phải"}, "Email này không gửi thư tới được"),
        ({"phone": "12"}, "Số điện thoại không đọc được"),
        ({"email": "a@b.vn\r\nBcc: c@d.vn"}, "Email này không gửi thư tới được"),
    ],
)
def test_what_cannot_be_comes_back_with_everything_typed(client, typed, said):
    here = link(open_to_guests())
    answer = submit(client, here, {**SAID, **typed})
    assert (answer.status_code, said in answer.text, count(GuestEntry)) == (422, True, 0)
    kept = {**SAID, **typed}
    assert all(f'value="{kept[name]}"' in answer.text for name in set(SAID) - set(typed))


def test_hostile_and_decomposed_text_is_ordinary(client):
    event = open_to_guests()
    name = "Tra\u0302\u0300n <script>alert(1)</script> {{link}} %s\u0000\u202e Bi\u0300nh"
    own = submit(client, link(event), {**SAID, "full_name": name, "organisation": "=1+1 <b>' OR 1=1"}).headers["Location"]
    page = client.page(own)
    assert "Trần <script>alert(1)</script> {{link}} %s Bình" in text(page)
    assert not page.xpath("//main//script")
    db.session.rollback()
    letter = db.session.scalars(select(Message)).one()
    assert letter.body.count("{{link}}") == 1


def test_press_papers_are_asked_and_the_letter_is_kept_when_the_form_comes_back(client):
    event = open_to_guests(rules={"asks_credentials": True})
    here = link(event)
    missing = submit(client, here, SAID)
    assert (missing.status_code, "Hãy chọn thẻ nhà báo hoặc giấy giới thiệu." in missing.text) == (422, True)
    assert "Hãy ghi số thẻ nhà báo." in submit(client, here, {**SAID, "credential": "press_card"}).text
    assert "Hãy ghi số giấy giới thiệu" in submit(client, here, {**SAID, "credential": "introduction"}).text
    paper = (io.BytesIO(PNG), "Giấy giới thiệu.png")
    typed = {**SAID, "credential": "introduction", "email": "", "letter": paper}
    back = submit(client, here, typed)
    assert (back.status_code, "Đã nhận tệp Giấy giới thiệu.png" in back.text, count(StoredFile)) == (422, True, 0)
    note, token = (
        html.document_fromstring(back.text).xpath(f"//input[@name='{name}']/@value")[0]
        for name in ("letter_note", "form_secret")
    )
    again = {**SAID, "credential": "introduction", "letter_note": note, "form_secret": token}
    sent = client.post(here, data=again)
    assert (sent.status_code, count(StoredFile)) == (303, 1)
    stored = db.session.scalars(select(StoredFile)).one()
    assert (stored.name, stored.media_type, own_store().path(stored.key).read_bytes()) == (
        "Giấy giới thiệu.png",
        "image/png",
        PNG,
    )
    other = client.post(here, data={**again, "full_name": "Lê Mẫu Cúc", "email": "cuc@bao.example"})
    assert (other.status_code, count(StoredFile), count(GuestEntry)) == (303, 1, 2)


def test_a_note_of_another_page_or_a_made_up_one_brings_no_letter(client):
    here = link(open_to_guests(rules={"asks_credentials": True}))
    typed = {**SAID, "credential": "introduction", "email": "", "letter": (io.BytesIO(PNG), "a.png")}
    back = html.document_fromstring(submit(client, here, typed).text)
    (note,) = back.xpath("//input[@name='letter_note']/@value")
    for wrong in (note, note[:-2], "x.y.z", ""):
        answer = submit(client, here, {**SAID, "credential": "introduction", "letter_note": wrong})
        assert (answer.status_code, count(GuestEntry)) == (422, 0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vi-rut.exe", b"MZ", "Không nhận tệp .exe"),
        ("giay.docx", b"PK", "Không nhận tệp .docx"),
        ("giay", PNG, "Không nhận tệp .?"),
        ("giay.pdf", PNG, "không phải là .pdf thật"),
        ("giay.png", b"", "không phải là .png thật"),
        ("giay.png", PNG * 2, "Tệp lớn quá"),
    ],
)  # fmt: skip
def test_a_letter_is_told_by_what_it_holds(client, monkeypatch, name, content, said):
    monkeypatch.setattr(guest_form, "LETTER_LIMIT", 100)
    here = link(open_to_guests(rules={"asks_credentials": True}))
    typed = {**SAID, "credential": "introduction", "credential_number": "12/GGT", "letter": (io.BytesIO(content), name)}
    answer = submit(client, here, typed)
    assert (answer.status_code, said in answer.text, count(GuestEntry)) == (422, True, 0)
    assert not list(own_store().root.glob("??/*"))


def test_only_what_the_event_asks_is_asked(client):
    def fields(**event):
        rules = event.pop("rules", None)
        page = client.page(link(open_to_guests(rules=rules, **event)))
        return set(page.xpath("//main//form//*[@name]/@name")) - {"csrf_token", "form_secret", "letter_note"}

    plain = {"full_name", "organisation", "title", "phone", "email"}
    asks = {"asks_credentials": True}
    assert fields() == plain
    assert fields(mode=EventMode.BOTH) == plain | {"place"}
    assert fields(rules=asks) == plain | {"credential", "credential_number", "letter"}
    assert fields(rules=asks, audience=Audience.OFFICIALS) == plain


def test_at_an_event_for_both_somebody_may_say_that_he_is_no_journalist(client):
    event = open_to_guests(audience=Audience.BOTH, rules={"asks_credentials": True})
    assert submit(client, link(event), SAID).status_code == 422
    assert submit(client, link(event), {**SAID, "credential": "none"}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Registration.circle)).all() == ["officials"]


def test_the_questions_are_asked_and_answered(client, now):
    event = open_to_guests()
    with unit_of_work():
        draft = QuestionDraft(QuestionKind.TEXT, "Hình thức tác nghiệp", is_required=True)
        asked = add_question(actor=an_organizer(), event_id=event.id, draft=draft, now=now).id
    assert "Hãy trả lời câu này." in submit(client, link(event), SAID).text
    assert submit(client, link(event), {**SAID, f"cau_hoi_{asked}": "Quay phim"}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Answer.value)).all() == ["Quay phim"]


def test_the_press_is_suggested_and_no_person_is(client):
    make_organisation("Báo Kiên Mẫu", kind="press")
    make_organisation("Sở Không Gợi Ý")
    make_person("Danh Mẫu Kín")
    page = client.page(link(open_to_guests()))
    assert page.xpath("//datalist/option/@value") == ["Báo Kiên Mẫu"]
    assert "Danh Mẫu Kín" not in page.text_content()
    assert not client.page(link(open_to_guests(audience=Audience.OFFICIALS))).xpath("//datalist")


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"state": EventState.CANCELLED}, 410, "Cuộc họp đã hủy"),
        ({"state": EventState.CLOSED, "held_on": date(2026, 3, 18)}, 410, "Cuộc họp đã kết thúc"),
        ({"state": EventState.DRAFT}, 404, ""),
        ({"state": EventState.POSTPONED}, 200, "Cuộc họp đã hoãn"),
        ({"registration_closes_at": -1}, 200, "Đã hết hạn đăng ký"),
        ({"registration_opens_at": 60}, 200, "Đăng ký mở lúc"),
        ({"starts_at": -1}, 200, "Cuộc họp đã bắt đầu"),
        ({"starts_at": -90, "ends_at": -1}, 410, "Cuộc họp đã kết thúc"),
    ],
)  # fmt: skip
def test_a_link_that_lets_nobody_in_says_why(client, now, values, status, said):
    event = open_to_guests()
    here, browser = link(event), CheckingClient(client.application)
    page = browser.page(here)
    (token,) = page.xpath("//input[@name='form_secret']/@value")
    changed(event, **{n: now + timedelta(minutes=v) if isinstance(v, int) else v for n, v in values.items()})
    shown = client.get(here)
    assert (shown.status_code, said in shown.text, "Gửi đăng ký" in shown.text) == (status, True, False)
    sent = browser.post(here, data={**SAID, "form_secret": token})
    assert (sent.status_code, count(GuestEntry)) == (422 if status == 200 else status, 0)


def test_a_full_event_says_that_one_waits(client):
    event = open_to_guests(capacity=1)
    make_registration(event)
    assert "vào danh sách chờ theo thứ tự" in text(client.page(link(event)))


def test_replaced_withdrawn_and_altered_links_are_dead(client, now):
    event = open_to_guests()
    old = link(event)
    with unit_of_work():
        service.renew_guest_link(actor=an_organizer(), event_id=event.id, now=now)
    replaced = client.get(old)
    assert (replaced.status_code, "Ban tổ chức đã đổi liên kết" in replaced.text) == (410, True)
    new = link(event)
    assert client.get(new).status_code == 200
    ruled(event, guests_allowed=False)
    assert (client.get(new).status_code, client.post(new, data=SAID).status_code) == (410, 410)
    assert count(AttemptCount) == 1
    for wrong in (new[:-1] + "0", "/khach/1-", "/khach/x", f"{new}/da-co0", f"/khach/{event.id}-{'a' * 32}"):
        assert client.get(wrong).status_code == 404
    assert client.get(link(make_event())).status_code == 410


def test_so_many_forms_may_come_from_one_address(client, monkeypatch):
    here = link(open_to_guests())
    limit = attempts.Limit(name="guest-address", most=2, window=timedelta(hours=1))
    monkeypatch.setattr(attempts, "GUESTS_FROM_ADDRESS", limit)
    sent = [submit(client, here, {**SAID, "full_name": f"Trần Mẫu {name}"}).status_code for name in "ABC"]
    assert (sent, count(GuestEntry)) == ([303, 303, 429], 2)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert submit(client, here, {**SAID, "full_name": "Trần Mẫu C"}).status_code == 303
