"""Mẫu thư: read by organizers, worded by administrators, seen beforehand, tried, and gone back from."""

import importlib
import pkgutil

import pytest
from lxml import html
from sqlalchemy import select

import kstthc_training
from kstthc_training import clock
from kstthc_training.administration.text_words import GROUPS, PLACEHOLDERS, sample_values
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.messages.texts.filling import LOCALES, LetterText, filled
from kstthc_training.messages.texts.models import MessageText
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.registrations.queries.addressees import event_facts
from tests.support.factories import make_account, make_event

LIST = "/quan-tri/mau-thu"
PAGE = f"{LIST}/registration-confirmed"
OWN = "Chào {ho_ten},\n\nHẹn gặp tại {dia_diem}.\n\nVé: {lien_ket}\n\n{co_quan}"


def typed(browser, path=PAGE, **changes):
    """The form as the page filled it, with changes."""
    form = browser.page(path).xpath("//form[@id='mau']")[0]
    fields = {f.get("name"): f.get("value", "") for f in form.xpath(".//input[@name][@name != 'csrf_token']")}
    return {**fields, **{f.get("name"): (f.text or "").lstrip("\n") for f in form.xpath(".//textarea")}, **changes}


def store(browser, **changes):
    return browser.post(PAGE, data=typed(browser, **changes))


def kept():
    rows = db.session.scalars(select(MessageText).order_by(MessageText.version, MessageText.locale.desc()))
    return [(row.locale, row.version, row.subject, row.body) for row in rows]


def test_every_letter_has_words_and_every_placeholder_a_sample():
    for _label, group in GROUPS:
        for each in group:
            assert each.letter.placeholders <= set(PLACEHOLDERS), each.letter.name
            for locale in LOCALES:
                said = filled(each.letter.words[locale], sample_values(locale, link="https://x.example", office="VP"))
                assert "{" not in said.subject + said.body


def test_the_list_says_which_letters_the_office_words_itself(browser):
    store(browser, subject_vi="Hẹn gặp: {cuoc_hop}", body_vi=OWN)
    row = browser.page(LIST).xpath("//tr[.//a[@href=$to]]", to=PAGE)[0]
    assert "Đã sửa: Tiếng Việt" in row.text_content()
    assert "Đã sửa: Tiếng Anh" not in row.text_content()


def test_organizers_read_and_do_not_write(client_for):
    organizer = client_for(make_account(Role.ORGANIZER))
    shown = organizer.page(PAGE)
    assert not shown.xpath("//form[@id='mau']")
    assert "Đã đăng ký dự: Tập huấn" in shown.text_content()
    assert organizer.get(LIST).status_code == 200
    assert organizer.post(PAGE, data={}).status_code == 403


def test_what_is_saved_is_what_the_next_letter_says(browser, app):
    answer = store(browser, subject_vi="Hẹn gặp: {cuoc_hop}", body_vi=OWN)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert kept() == [("vi", 1, "Hẹn gặp: {cuoc_hop}", OWN)]
    event = make_event()
    facts = event_facts(db.session.get(Event, event.id), now=clock.now())
    assert facts.texts["registration-confirmed", "vi"].body == OWN
    assert [
        e.facts["locale"] for e in db.session.scalars(select(AuditEntry).where(AuditEntry.action == "text.changed"))
    ] == ["vi"]


def test_only_the_language_that_changed_is_kept_and_the_same_words_are_no_edit(browser):
    assert store(browser).status_code == 303
    assert kept() == []
    store(browser, subject_en="See you: {cuoc_hop}")
    assert [(locale, subject) for locale, _v, subject, _b in kept()] == [("en", "See you: {cuoc_hop}")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body_vi": OWN + " {ten}"}, "{ten} không điền được"),
        ({"body_vi": OWN + " {{link}}"}, "không điền được"),
        ({"body_vi": OWN + " }"}, "} không điền được"),
        ({"body_vi": OWN.replace("{lien_ket}", "…")}, "phải có {lien_ket}"),
        ({"subject_vi": "Vé {cuoc_hop} {lien_ket}"}, "{lien_ket} không điền được"),
        ({"subject_vi": ""}, "Hãy gõ cả tiêu đề và nội dung"),
        ({"body_vi": "a" * 6001}, "nhiều nhất là 6000"),
    ],
)
def test_a_text_that_will_not_do_is_refused_by_name_and_not_kept(browser, changes, words):
    answer = store(browser, **changes)
    assert answer.status_code == 422
    assert words in html.fromstring(answer.text).xpath("//div[@class='errsum']")[0].text_content()
    assert kept() == []


def test_the_preview_is_a_part_of_the_page_and_keeps_nothing(browser):
    data = typed(browser, body_vi="Chào {ho_ten} & <b>\n\n{lien_ket}")
    part = browser.post(f"{PAGE}/xem-truoc", data=data, headers={"HX-Request": "true", "HX-Target": "div#xem-truoc-vi"})
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<div id="xem-truoc-vi">')
    assert "Chào Nguyễn Mẫu An &amp; &lt;b&gt;" in part.text
    assert kept() == []


def test_a_trial_goes_to_whoever_asks_once_and_keeps_what_was_typed(browser, administrator):
    data = typed(browser, subject_vi="Thử {cuoc_hop}", body_vi=OWN, thu="vi")
    for _again in range(2):
        answer = browser.post(f"{PAGE}/gui-thu", data=data)
        assert answer.status_code == 200
        assert "Hẹn gặp tại {dia_diem}" in answer.text
    (letter,) = db.session.scalars(select(Message))
    assert (letter.kind, letter.person_id) == ("text-trial", administrator.person_id)
    assert letter.subject == "Thử Tập huấn nghiệp vụ kiểm soát thủ tục"
    assert "Hẹn gặp tại Hội trường tầng 2." in letter.body
    assert kept() == []


def test_of_two_who_edit_the_second_sees_both_versions(browser):
    data = typed(browser, body_vi=OWN)
    store(browser, subject_vi="Trước: {cuoc_hop}")
    answer = browser.post(PAGE, data=data)
    assert answer.status_code == 409
    assert "Trước: {cuoc_hop}" in html.fromstring(answer.text).xpath("//dl[@class='diff']")[0].text_content()
    again = html.fromstring(answer.text).xpath("//input[@name='version_vi']/@value")
    assert again == ["1"]
    assert browser.post(PAGE, data={**data, "version_vi": "1"}).status_code == 303
    assert [version for _l, version, _s, _b in kept()] == [1, 2]


def test_two_who_edit_different_languages_do_not_meet(browser):
    data = typed(browser, subject_en="See you: {cuoc_hop}")
    store(browser, subject_vi="Hẹn gặp: {cuoc_hop}")
    assert browser.post(PAGE, data=data).status_code == 303
    assert [(locale, subject) for locale, _v, subject, _b in kept()] == [
        ("vi", "Hẹn gặp: {cuoc_hop}"), ("en", "See you: {cuoc_hop}"),
    ]  # fmt: skip


def test_back_to_the_own_words_and_undone(browser):
    store(browser, body_vi=OWN)
    assert browser.post(f"{PAGE}/vi/mau-goc", data={"version": "1"}).status_code == 303
    assert kept()[-1] == ("vi", 2, None, None)
    assert typed(browser)["body_vi"].startswith("Kính gửi Ông/Bà {ho_ten}")
    assert browser.post(f"{PAGE}/vi/2/hoan-tac").status_code == 303
    assert kept()[-1][3] == OWN
    assert browser.post(f"{PAGE}/vi/2/hoan-tac").status_code == 303
    assert len(kept()) == 3


def test_the_words_of_an_earlier_version_can_be_taken_up(browser):
    store(browser, body_vi=OWN)
    store(browser, body_vi=OWN + " Hẹn gặp.")
    assert typed(browser, f"{PAGE}?ban-vi=1")["body_vi"] == OWN
    assert typed(browser, f"{PAGE}?ban-vi=1")["version_vi"] == "2"


def test_hostile_words_are_words(browser):
    words = "<script>alert(1)</script> %s %(x)s {{7*7}}".replace("{{7*7}}", "$7")
    store(browser, subject_vi=f"{words} {{cuoc_hop}}", body_vi=f"{OWN}\n\n{words}")
    assert "<script>alert(1)" not in browser.get(PAGE).text
    assert words in typed(browser)["body_vi"]


@pytest.mark.parametrize("path", [f"{LIST}/khong-co", f"{PAGE}/fr/mau-goc"])
def test_what_there_is_not_is_not_found(browser, path):
    answer = browser.get(path) if path.startswith(f"{LIST}/khong") else browser.post(path, data={"version": "0"})
    assert answer.status_code == 404


def test_the_pages_take_a_fixed_number_of_statements(browser, statements):
    def count(path):
        with statements() as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    before = count(LIST), count(PAGE)
    for n in range(3):
        store(browser, body_vi=f"{OWN} {n}")
    assert (count(LIST), count(PAGE)) == before


def test_every_letter_with_a_text_stands_on_the_page():
    walked = pkgutil.walk_packages(kstthc_training.__path__, "kstthc_training.")
    names = [module.name for module in walked if "wording" in module.name]
    written = set()
    for name in names:
        for value in vars(importlib.import_module(name)).values():
            found = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            written |= {each.name for each in found if isinstance(each, LetterText)}
    shown = {each.letter.name for _label, group in GROUPS for each in group}
    assert len(shown) > 30
    assert written == shown
