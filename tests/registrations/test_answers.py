"""Answers given, changed and kept: files on disk and by their rows, until when, by whom, and through undo and return."""

import io
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.people.enums import Role
from kstthc_training.registrations import asking, service
from kstthc_training.registrations.addresses import ticket_link
from kstthc_training.registrations.enums import QuestionKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import AnswersSettled
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.questions import answers_at, given_by
from kstthc_training.registrations.service.questions import QuestionDraft
from tests.invitations.asked import invited
from tests.registrations.actors import a_focal_point, again, an_organizer, himself
from tests.registrations.seats import log
from tests.registrations.test_questions import MEALS, after, asked
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

PDF = b"%PDF-1.7\n1 0 obj\n"
LETTER = QuestionDraft(QuestionKind.FILE, "Giấy giới thiệu", is_required=True)
NOTE = QuestionDraft(QuestionKind.TEXT, "Ghi chú")


def upload(question, content=PDF, name="Giấy giới thiệu.pdf"):
    return {f"cau_hoi_{question}": (io.BytesIO(content), name)}


def sent(browser, address, **typed):
    return browser.post(address, data={"da_hoi": "1", **typed}, content_type="multipart/form-data")


def only(event):
    db.session.rollback()
    return db.session.scalars(select(Registration).where(Registration.event_id == event.id)).one()


def files():
    """The names of the files that rows speak of; their bytes are there, and no others."""
    db.session.rollback()
    rows = db.session.scalars(select(StoredFile).order_by(StoredFile.id)).all()
    on_disk = {path.name for path in own_store().root.glob("??/*")}
    assert {row.key for row in rows} <= on_disk
    return [row.name for row in rows]


@pytest.fixture
def person(app):
    return make_person("Trần Mẫu Bình")


@pytest.fixture
def browser(client_for, person):
    return client_for(make_account(person=person))


def register_at(event):
    return f"/hop/{event.code}/dang-ky"


def test_a_file_is_kept_with_the_registration_and_opens_for_its_owner_and_organizers_alone(browser, client_for, person):
    event = make_event()
    (letter,) = asked(event, LETTER)
    page = browser.page(register_at(event))
    assert page.xpath("//form[@enctype='multipart/form-data']//input[@type='file' and @name=$n]", n=f"cau_hoi_{letter}")
    answer = sent(browser, register_at(event), **upload(letter, name="Hồ sơ/Giấy giới thiệu.pdf"))
    row = only(event)
    assert (answer.status_code, answers_at(event.id)[row.id]) == (303, {letter: "Giấy giới thiệu.pdf"})
    here = f"/ve/{row.ticket_code}/tep/{letter}"
    assert f'href="{here}"' in browser.get(f"/ve/{row.ticket_code}").text
    own = browser.get(here)
    assert (own.data, own.headers["Content-Type"]) == (PDF, "application/pdf")
    assert own.headers["Content-Disposition"].startswith("attachment")
    assert log("answer.file_opened") == []
    assert client_for(make_account(Role.ORGANIZER)).get(here).data == PDF
    assert [facts["registration_id"] for facts in log("answer.file_opened")] == [row.id]
    assert client_for(make_account()).get(here).status_code == 404
    assert browser.get(f"/ve/{row.ticket_code}/tep/{letter + 1}").status_code == 404
    held = "/ve/thu/" + ticket_link(row.id).rpartition("/")[2]
    assert client_for(make_account()).get(f"{held}/tep/{letter}").data == PDF


def test_a_focal_point_answers_for_whom_he_named_but_opens_no_file(client_for):
    body, event = make_organisation(), make_event()
    (letter,) = asked(event, LETTER)
    person = make_person(organisation_id=body.id)
    row = make_registration(event, person, source=RegistrationSource.NOMINATION)
    focal = client_for(make_account(focal_of=body))
    assert "1 câu chưa trả lời" in focal.page(f"/ve/{row.ticket_code}").text_content()
    assert sent(focal, f"/ve/{row.ticket_code}/tra-loi").status_code == 303  # left to the person
    assert sent(focal, f"/ve/{row.ticket_code}/tra-loi", **upload(letter)).status_code == 303
    page = focal.page(f"/ve/{row.ticket_code}")
    assert "Giấy giới thiệu.pdf" in page.text_content()
    assert page.xpath("//a[contains(@href, '/tep/')]") == []
    assert focal.get(f"/ve/{row.ticket_code}/tep/{letter}").status_code == 403
    stranger = client_for(make_account(focal_of=make_organisation()))
    assert stranger.get(f"/ve/{row.ticket_code}/tra-loi").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90", "giay.pdf", "không phải là .pdf thật"),
        (b"", "giay.pdf", "không phải là .pdf thật"),
        (PDF, "giay.exe", "Không nhận tệp .exe"),
        (b"a,b\n", "giay.csv", "Không nhận tệp .csv"),
        (PDF + b"x" * 400, "giay.pdf", "Tệp lớn quá"),
    ],
)
def test_a_file_that_is_not_taken_registers_nobody_and_leaves_nothing(browser, monkeypatch, content, name, said):
    monkeypatch.setattr(asking, "LARGEST_FILE", 400)
    event = make_event()
    (letter,) = asked(event, LETTER)
    answer = sent(browser, register_at(event), **upload(letter, content, name))
    assert (answer.status_code, said in answer.text) == (422, True)
    assert (answers_at(event.id), files(), list(own_store().root.glob("??/*"))) == ({}, [], [])
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 0


def test_an_empty_choice_of_file_is_no_answer_and_a_chosen_one_is_asked_again_when_the_rest_is_mended(browser):
    event = make_event()
    letter, meals = asked(event, LETTER, MEALS)
    refused = sent(browser, register_at(event), **{f"cau_hoi_{letter}": (io.BytesIO(b""), ""), f"cau_hoi_{meals}": "Có"})
    assert (refused.status_code, "Hãy trả lời câu này." in refused.text) == (422, True)
    typed = browser.post(register_at(event), data={f"cau_hoi_{letter}": "giay.pdf", f"cau_hoi_{meals}": "Có"})
    assert typed.status_code == 422  # words are no file
    refused = sent(browser, register_at(event), **upload(letter))
    assert "Hãy chọn lại tệp này" in refused.text
    assert files() == []


def test_a_file_after_a_choice_counts_only_when_it_comes_up(browser):
    event = make_event()
    (meals,) = asked(event, MEALS)
    (menu,) = asked(event, QuestionDraft(QuestionKind.FILE, "Thực đơn", shown_if_id=meals, shown_if_value="Có"))
    assert sent(browser, register_at(event), **{f"cau_hoi_{meals}": "Không"}, **upload(menu)).status_code == 303
    row = only(event)
    assert (answers_at(event.id)[row.id], files()) == ({meals: "Không"}, [])
    here = f"/ve/{row.ticket_code}/tra-loi"
    assert sent(browser, here, **{f"cau_hoi_{meals}": "Có"}, **upload(menu)).status_code == 303
    assert files() == ["Giấy giới thiệu.pdf"]
    assert sent(browser, here, **{f"cau_hoi_{meals}": "Có"}).status_code == 303  # stays
    assert answers_at(event.id)[row.id] == {meals: "Có", menu: "Giấy giới thiệu.pdf"}
    assert sent(browser, here, **{f"cau_hoi_{meals}": "Có"}, **upload(menu, name="Mới.pdf")).status_code == 303
    assert files() == ["Mới.pdf"]
    assert sent(browser, here, **{f"cau_hoi_{meals}": "Có", f"bo_tep_{menu}": "1"}).status_code == 303
    assert (answers_at(event.id)[row.id], files()) == ({meals: "Có"}, [])


def test_taking_back_and_the_undo_lose_no_answer_and_skip_none(browser):
    event = make_event()
    letter, note = asked(event, LETTER, NOTE)
    assert browser.post(register_at(event)).status_code == 422  # one press answers nothing
    sent(browser, register_at(event), **upload(letter), **{f"cau_hoi_{note}": "Ăn chay"})
    row = only(event)
    answers = {letter: "Giấy giới thiệu.pdf", note: "Ăn chay"}
    browser.post(f"/hop/{event.code}/huy-dang-ky")
    assert (answers_at(event.id), {key: one.value for key, one in given_by(row.id).items()}) == ({}, answers)
    undo = browser.page(f"/hop/{event.code}").xpath("//*[@data-toast]//form")[-1].get("action")
    assert browser.post(undo).status_code == 303
    assert (again(row).state, answers_at(event.id)) == (RegistrationState.CONFIRMED, {row.id: answers})
    browser.post(f"/hop/{event.code}/huy-dang-ky")
    page = browser.page(register_at(event))
    assert (page.xpath("//textarea")[0].text or "").strip() == "Ăn chay"
    assert "Đã gửi: Giấy giới thiệu.pdf." in page.text_content()
    (more,) = asked(event, MEALS)
    assert browser.post(register_at(event)).status_code == 422  # what was asked since is not skipped
    assert sent(browser, register_at(event), **{f"cau_hoi_{note}": "", f"cau_hoi_{more}": "Có"}).status_code == 303
    assert answers_at(event.id) == {row.id: {letter: "Giấy giới thiệu.pdf", more: "Có"}}


def test_answers_change_until_the_window_closes_and_what_is_owed_until_the_event_begins(app, person, now):
    closes = now + timedelta(days=2)
    event = make_event(registration_closes_at=closes)
    (meals,) = asked(event, MEALS)
    row = make_registration(event, person)

    def changed(given, at, actor=None):
        with unit_of_work():
            service.change_answers(actor=actor or himself(person), registration=row, given=given, now=at)
        return answers_at(event.id)[row.id]

    moment = timedelta(microseconds=1)
    assert changed({meals: "Có"}, closes) == {meals: "Có"}  # was owed
    assert changed({meals: "Không"}, closes - moment) == {meals: "Không"}
    with pytest.raises(AnswersSettled) as refused:
        changed({meals: "Có"}, closes)
    assert refused.value.facts == {"until": closes}
    organizer = an_organizer()
    assert changed({meals: "Có"}, closes, organizer) == {meals: "Có"}
    with unit_of_work():
        service.change_answers(actor=organizer, registration=row, given={}, now=event.starts_at)
    with pytest.raises(AnswersSettled):
        changed({meals: "Có"}, event.starts_at)  # owed again, but the event began
    assert changed({meals: "Có"}, event.starts_at - moment) == {meals: "Có"}
    with unit_of_work():
        service.cancel(actor=himself(person), registration=row, reason="", now=now)
    with pytest.raises(AnswersSettled):
        changed({meals: "Không"}, now, organizer)


def test_the_page_of_answers_shows_refuses_and_is_read_only_when_settled(client_for, person, now):
    event = make_event(registration_closes_at=now + timedelta(minutes=5))
    (meals,) = asked(event, MEALS)
    (diet,) = asked(event, after(meals, "Có", is_required=True))
    row = make_registration(event, person)
    browser = client_for(make_account(person=person))
    here = f"/ve/{row.ticket_code}/tra-loi"
    refused = sent(browser, here, **{f"cau_hoi_{meals}": "Có"})
    assert (refused.status_code, answers_at(event.id)) == (422, {})
    kept = html.document_fromstring(refused.text).xpath(f"//input[@name='cau_hoi_{meals}' and @checked]/@value")
    assert kept == ["Có"]
    assert sent(browser, here, **{f"cau_hoi_{meals}": "Có", f"cau_hoi_{diet}": "Mặn"}).status_code == 303
    with clock.frozen(now + timedelta(minutes=5)):
        page = browser.page(here)
        assert page.xpath("//main//form") == []
        assert "Mặn" in page.text_content()
        late = sent(browser, here, **{f"cau_hoi_{meals}": "Không"})
        assert (late.status_code, "xin gọi ban tổ chức" in late.text) == (422, True)
    assert answers_at(event.id)[row.id] == {meals: "Có", diet: "Mặn"}


def test_by_the_link_of_a_letter_one_answers_as_oneself(client, client_for, person):
    event = make_event()
    (meals,) = asked(event, MEALS)
    row = make_registration(event, person)
    held = "/ve/thu/" + ticket_link(row.id).rpartition("/")[2]
    assert "1 câu chưa trả lời" in client.page(held).text_content()
    assert client.page(f"{held}/tra-loi").xpath("//main//form")
    assert sent(client, f"{held}/tra-loi").status_code == 422
    done = sent(client, f"{held}/tra-loi", **{f"cau_hoi_{meals}": "Có"})
    assert (done.status_code, done.headers["Location"]) == (303, held)
    assert answers_at(event.id) == {row.id: {meals: "Có"}}
    for act in ("tra-loi", f"tep/{meals}"):
        assert client.get(f"/ve/thu/{'a' * 40}/{act}").status_code == 404


def test_a_focal_point_may_leave_what_is_required_a_person_may_not(app):
    body, event = make_organisation(), make_event()
    (meals,) = asked(event, MEALS)
    row = make_registration(event, make_person(organisation_id=body.id), source=RegistrationSource.NOMINATION)
    with unit_of_work():
        service.change_answers(actor=a_focal_point(body), registration=row, given={}, now=clock.now())
    assert answers_at(event.id) == {}
    with unit_of_work():
        service.change_answers(actor=a_focal_point(body), registration=row, given={meals: "Có"}, now=clock.now())
    assert answers_at(event.id) == {row.id: {meals: "Có"}}


def test_a_person_invited_by_link_answers_what_is_required_with_his_yes(client, person):
    event = make_event()
    (letter,) = asked(event, LETTER)
    here = "/moi/" + invitation_link(invited(event, people=[person])[0].id).rpartition("/")[2]
    assert client.page(here).xpath("//form[@enctype]//input[@type='file']")
    refused = sent(client, f"{here}/nhan")
    assert (refused.status_code, "Hãy trả lời câu này." in refused.text) == (422, True)
    wrong = sent(client, f"{here}/nhan", **upload(letter, b"MZ"))
    assert (wrong.status_code, "không phải là .pdf thật" in wrong.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 0
    assert sent(client, f"{here}/nhan", **upload(letter)).status_code == 303
    assert answers_at(event.id) == {only(event).id: {letter: "Giấy giới thiệu.pdf"}}


def test_an_organizer_adds_somebody_with_his_answers_or_leaves_them_to_him(client_for):
    event = make_event()
    meals, letter = asked(event, MEALS, LETTER)
    browser = client_for(make_account(Role.ORGANIZER))
    here = f"/hop/{event.code}/quan-ly/dang-ky/them"
    assert browser.page(here).xpath("//form[@enctype]//input[@type='file']")
    new = {"full_name": "Mai Mẫu Mới", "organisation_id": ""}
    assert sent(browser, here, **new, **{f"cau_hoi_{meals}": "Có"}, **upload(letter, b"MZ")).status_code == 422
    assert sent(browser, here, **new, **{f"cau_hoi_{meals}": "Có"}).status_code == 303
    assert "Còn câu hỏi bắt buộc" in browser.page(here).text_content()
    row = only(event)
    assert answers_at(event.id) == {row.id: {meals: "Có"}}
    assert sent(browser, here, **new).status_code == 303  # the same once more types nothing over
    assert answers_at(event.id) == {row.id: {meals: "Có"}}
    known = make_person()
    assert browser.post(here, data={"nguoi": known.id}).status_code == 303
    assert len(answers_at(event.id)) == 1


def test_a_focal_point_answers_by_the_link_for_those_he_named_alone(client):
    body, event = make_organisation(), make_event()
    (letter,) = asked(event, LETTER)
    (invitation,) = invited(event, body, places=3)
    named = make_registration(event, make_person(organisation_id=body.id), source=RegistrationSource.NOMINATION)
    other = make_registration(
        event, make_person(organisation_id=make_organisation().id), source=RegistrationSource.NOMINATION
    )
    himself_ = make_registration(event, make_person(organisation_id=body.id))
    link = "/moi/" + invitation_link(invitation.id).rpartition("/")[2]
    here = f"{link}/tra-loi/{named.id}"
    (shown,) = client.page(f"{link}/cu-nguoi").xpath("//a[contains(@href, '/tra-loi/')]")
    assert (shown.get("href"), shown.text_content().startswith("Còn 1 câu chưa trả lời")) == (here, True)
    done = sent(client, here, **upload(letter))
    assert (done.status_code, done.headers["Location"]) == (303, f"{link}/cu-nguoi")
    assert answers_at(event.id) == {named.id: {letter: "Giấy giới thiệu.pdf"}}
    page = client.page(here)
    assert "Đã gửi: Giấy giới thiệu.pdf." in page.text_content()
    assert page.xpath("//a[contains(@href, '/tep/')]") == []
    foreign = [other.id, himself_.id, make_registration(make_event()).id]
    assert [client.get(f"{link}/tra-loi/{number}").status_code for number in foreign] == [404, 404, 404]
