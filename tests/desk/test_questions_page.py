"""What is asked of those who register: the organizer's page, the person's form, and the answers in the files."""

import csv
import io

import openpyxl
import pytest
from flask import current_app
from lxml import html

from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import QuestionKind, RegistrationState
from kstthc_training.registrations.queries import find_registration
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.service.questions import QuestionDraft
from tests.registrations.test_questions import MEALS, after, answered, asked
from tests.support.factories import make_account, make_event, make_registration

ACTS = ("", "/1", "/1/thu-tu", "/1/bo")


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/cau-hoi{act}"


def labels(page):
    return page.xpath("//ol[@class='crit']/li/div/b[1]/text()")


def test_a_question_is_added_changed_moved_and_removed(browser):
    event = make_event()
    sent = {"label": "Dùng bữa trưa?", "kind": "choice", "options": "Có\nKhông\n\nCó", "is_required": "y", "shown_if": ""}
    assert browser.post(address(event), data=sent).status_code == 303
    (meals,) = questions_of(event.id)
    assert (meals.choices, meals.is_required, meals.kind) == (["Có", "Không"], True, QuestionKind.CHOICE)
    sent = {"label": "Ăn chay?", "kind": "text", "shown_if": f"{meals.id}:Có"}
    assert browser.post(address(event), data=sent).status_code == 303
    page = browser.page(address(event))
    assert labels(page) == ["Dùng bữa trưa?", "Ăn chay?"]
    assert "Khi “Dùng bữa trưa?” là Có" in page.text_content()
    form = browser.page(address(event, f"?sua={meals.id}"))
    assert form.xpath("//textarea[@name='options']/text()")[0].split() == ["Có", "Không"]
    changed = {"label": "Ăn trưa?", "kind": "choice", "options": "Có\nKhông", "shown_if": ""}
    assert browser.post(address(event, f"/{meals.id}"), data=changed).status_code == 303
    diet = questions_of(event.id)[1].id
    assert browser.post(address(event, f"/{diet}/bo")).status_code == 303
    asked(event, QuestionDraft(QuestionKind.NUMBER, "Mấy xe?"))
    cars = questions_of(event.id)[1].id
    assert browser.post(address(event, f"/{cars}/thu-tu"), data={"by": "up"}).status_code == 303
    assert labels(browser.page(address(event))) == ["Mấy xe?", "Ăn trưa?"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"label": "", "kind": "text"}, "Hãy điền ô này"),
        ({"label": "Bữa?", "kind": "choice", "options": "Có"}, "ít nhất hai lựa chọn"),
        ({"label": "Bữa?", "kind": "essay"}, "không có trong danh sách"),
        ({"label": "Bữa?", "kind": "text", "shown_if": "1:x"}, "không có trong danh sách"),
    ],
)
def test_what_makes_no_question_is_shown_again(browser, sent, said):
    event = make_event()
    answer = browser.post(address(event), data={"shown_if": "", **sent})
    assert (answer.status_code, said in answer.text, list(questions_of(event.id))) == (422, True, [])
    assert html.document_fromstring(answer.text).xpath("//input[@name='label']/@value") == [sent["label"]]


def test_a_condition_that_would_break_is_refused_in_words(browser):
    event = make_event()
    (meals,) = asked(event, MEALS)
    asked(event, after(meals, "Có"))
    answer = browser.post(address(event, f"/{meals}/bo"))
    assert (answer.status_code, "chỉ hiện theo một lựa chọn" in answer.text) == (422, True)


def test_answers_are_counted_and_stand_in_both_files(browser):
    event = make_event()
    meals, cars, day, note = asked(
        event, MEALS, QuestionDraft(QuestionKind.NUMBER, "Mấy xe?"), QuestionDraft(QuestionKind.DAY, "Đến ngày nào?"),
        QuestionDraft(QuestionKind.TEXT, "=Ghi chú"),
    )  # fmt: skip
    first, _second = make_registration(event), make_registration(event)
    answered(first, {meals: "Có", cars: "2", day: "2026-03-05", note: "=1+1"})
    said = " ".join(browser.page(address(event)).text_content().split())
    assert "Có 1 · Không 0" in said
    assert "1 người trả lời" in said
    sheet = f"/hop/{event.code}/quan-ly/dang-ky"
    rows = list(csv.reader(io.StringIO(browser.get(sheet + ".csv").data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-4:] == ["Dùng bữa trưa?", "Mấy xe?", "Đến ngày nào?", "'=Ghi chú"]
    assert sorted(row[-4:] for row in rows[1:]) == [["", "", "", ""], ["Có", "2", "05/03/2026", "'=1+1"]]
    book = openpyxl.load_workbook(io.BytesIO(browser.get(sheet + ".xlsx").data)).active
    cells = next(row[-4:] for row in book.iter_rows() if row[-4].value == "Có")
    assert [cells[1].value, cells[2].value.isoformat()[:10], cells[3].value] == [2, "2026-03-05", "=1+1"]
    assert cells[3].data_type == "s"


def own(event, account):
    db.session.rollback()
    return find_registration(event_id=event.id, person_id=account.person_id)


def test_whoever_registers_answers_and_a_hidden_question_is_none(client_for, app):
    event, account = make_event(), make_account()
    (meals,) = asked(event, MEALS)
    (diet,) = asked(event, after(meals, "Có", is_required=True))
    browser, register = client_for(account), f"/hop/{event.code}/dang-ky"
    page = browser.page(register)
    assert len(page.xpath(f"//*[@data-shown-if='cau_hoi_{meals}' and @data-shown-value='Có']")) == 1
    refused = browser.post(register, data={f"cau_hoi_{meals}": "Có"})
    assert (refused.status_code, own(event, account)) == (422, None)
    kept = html.document_fromstring(refused.text).xpath(f"//input[@name='cau_hoi_{meals}' and @checked]/@value")
    assert kept == ["Có"]
    assert "Hãy trả lời câu này" in refused.text
    done = browser.post(register, data={f"cau_hoi_{meals}": "Không", f"cau_hoi_{diet}": "Chay"})
    assert done.status_code == 303
    registration = own(event, account)
    assert registration.state is RegistrationState.CONFIRMED
    assert answers_at(event.id) == {registration.id: {meals: "Không"}}


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (QuestionKind.DAY, "5/3/2026", "2026-03-05"), (QuestionKind.DAY, "31/2/2026", None),
        (QuestionKind.NUMBER, " 12 ", "12"), (QuestionKind.NUMBER, "mười", None),
        (QuestionKind.TEXT, "Xe <b>máy</b>", "Xe <b>máy</b>"), (QuestionKind.TEXT, "a" * 2001, None),
    ],
)  # fmt: skip
def test_answers_are_read_as_they_are_typed_here(client_for, app, kind, typed, stored):
    event, account = make_event(), make_account()
    (question,) = asked(event, QuestionDraft(kind, "Câu hỏi"))
    answer = client_for(account).post(f"/hop/{event.code}/dang-ky", data={f"cau_hoi_{question}": typed})
    assert answer.status_code == (303 if stored else 422)
    found = answers_at(event.id)
    assert found == ({own(event, account).id: {question: stored}} if stored else {})


def test_the_export_names_files_with_their_address_and_leaves_out_answers_of_the_cancelled(browser, client_for):
    event, account = make_event(), make_account()
    letter, note = asked(event, QuestionDraft(QuestionKind.FILE, "Giấy"), QuestionDraft(QuestionKind.TEXT, "Ghi chú"))
    sent = {f"cau_hoi_{letter}": (io.BytesIO(b"%PDF-1.7"), "=Giấy.pdf"), f"cau_hoi_{note}": "Ăn chay"}
    client_for(account).post(f"/hop/{event.code}/dang-ky", data=sent, content_type="multipart/form-data")
    row = own(event, account)
    here = f"/hop/{event.code}/quan-ly/dang-ky.csv"

    def last_cells():
        lines = list(csv.reader(io.StringIO(browser.get(here).data.decode("utf-8-sig")), delimiter=";"))
        return lines[0][-2:], lines[1][-2:]

    there = f"{current_app.config['SETTINGS'].public_url}/ve/{row.ticket_code}/tep/{letter}"
    assert last_cells() == (["Giấy", "Ghi chú"], [f"'=Giấy.pdf {there}", "Ăn chay"])
    client_for(account).post(f"/hop/{event.code}/huy-dang-ky")
    assert last_cells()[1] == ["", ""]
    assert "0 người trả lời" in browser.page(address(event)).text_content()


def test_the_page_says_who_must_yet_answer(browser):
    event = make_event()
    (meals,) = asked(event, MEALS)
    asked(event, after(meals, "Có", is_required=True))
    rows = [make_registration(event) for _ in range(3)]
    make_registration(event, state=RegistrationState.CANCELLED)
    answered(rows[0], {meals: "Không"})
    said = [" ".join(each.text_content().split()) for each in browser.page(address(event)).xpath("//ol[@class='crit']/li")]
    assert ["2 người chưa trả lời" in each for each in said] == [True, False]


def test_strangers_wrong_methods_and_questions_of_other_events(client_for, browser):
    event = make_event()
    (foreign,) = asked(make_event(), MEALS)
    stranger = client_for(make_account())
    assert [stranger.post(address(event, act)).status_code for act in ACTS] == [403] * 4
    assert stranger.get(address(event)).status_code == 403
    assert browser.get(address(event, "/1")).status_code == 405
    assert browser.get(address(event, f"?sua={foreign}")).status_code == 404
    assert browser.post(address(event, f"/{foreign}/bo")).status_code == 404


def test_the_page_takes_the_same_statements_for_few_and_many(browser, statements):
    event = make_event()
    asked(event, MEALS)
    browser.get(address(event))
    with statements() as few:
        browser.get(address(event))
    ids = asked(event, *(QuestionDraft(QuestionKind.TEXT, f"Câu {n}") for n in range(6)))
    for _ in range(3):
        answered(make_registration(event), {questions_of(event.id)[0].id: "Có", ids[0]: "x"})
    with statements() as many:
        browser.get(address(event))
    assert len(many) == len(few)
