"""The letters: what they say, and that words of people stay words."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.registrations import notices
from kstthc_training.registrations.enums import RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.notices import PlaceAndTime
from kstthc_training.registrations.queries.addressees import Addressee, EventFacts
from kstthc_training.registrations.wording import TEXTS

STARTS, ENDS = datetime(2024, 10, 29, 7, 0, tzinfo=UTC), datetime(2024, 10, 29, 8, 30, tzinfo=UTC)
EVENT = EventFacts(
    event_id=131,
    code="2024-131",
    title="Họp báo quý III",
    state=EventState.RELEASED,
    mode=EventMode.IN_PERSON,
    starts_at=STARTS,
    ends_at=ENDS,
    venue="Phòng họp số 1",
    venue_address="Đường Nguyễn Công Trứ",
    online_url="",
    contact="Nguyễn Mẫu An, 0900 000 001",
    office="Văn phòng UBND tỉnh",
)
BINH = Addressee(
    registration_id=57,
    person_id=9,
    full_name="Trần Mẫu Bình",
    email="binh@baochi.example",
    locale="vi",
    ticket_code="7K4M2Q9P",
    state=RegistrationState.CONFIRMED,
    place=None,
)


def every_letter(event, to):
    """One letter of each kind."""
    before = PlaceAndTime(STARTS, ENDS, event.venue)
    return [
        notices.confirmed(event, to),
        notices.waiting(event, to),
        *(notices.promoted(event, to, vacancy=vacancy) for vacancy in Vacancy),
        *(
            notices.taken_back(event, to, rule=rule, reason=event.title)
            for rule in (StepRule.BY_ORGANIZER, StepRule.BY_FOCAL_POINT)
        ),
        notices.event_cancelled(event, to, reason=event.title),
        notices.event_postponed(event, to, reason=event.title, before=before),
        notices.event_changed(event, to, before=before),
    ]


def test_a_confirmation_says_when_where_code_link_and_whom_to_ask():
    letter = notices.confirmed(EVENT, BINH)
    assert letter.subject == "Đã đăng ký dự: Họp báo quý III"
    assert letter.body == (
        "Kính gửi Ông/Bà Trần Mẫu Bình,\n\n"
        "Ông/Bà đã có chỗ dự:\n\n"
        "Họp báo quý III\n"
        "Thời gian: 14:00 – 15:30, Thứ Ba 29/10/2024\n"
        "Địa điểm: Phòng họp số 1, Đường Nguyễn Công Trứ\n\n"
        "Mã dự họp: 7K4M 2Q9P\n"
        "Vé có mã QR: {{link}}\n\n"
        "Xin đưa mã QR hoặc đọc mã dự họp ở cửa. Nếu không dự được, xin hủy đăng ký để người khác có chỗ.\n\n"
        "Đầu mối liên hệ: Nguyễn Mẫu An, 0900 000 001\n\n"
        "Trân trọng,\nVăn phòng UBND tỉnh"
    )
    assert (letter.kind, letter.recipient, letter.link_purpose, letter.link_id, letter.event_id) == (
        "registration-confirmed", "binh@baochi.example", "ticket", 57, 131,
    )  # fmt: skip


def test_who_waits_is_told_his_place_and_no_code():
    letter = notices.waiting(EVENT, replace(BINH, state=RegistrationState.WAITING, place=3))
    assert "Ông/Bà đứng thứ 3 trong danh sách chờ." in letter.body
    assert "7K4M" not in letter.body


@pytest.mark.parametrize(
    ("vacancy", "why"),
    [
        (Vacancy.SEAT_GIVEN_BACK, "một người đã đăng ký trước không dự được"),
        (Vacancy.CAPACITY_RAISED, "số chỗ của cuộc họp đã tăng"),
    ],
)
def test_who_moves_up_is_told_the_rule_and_the_reason(vacancy, why):
    body = notices.promoted(EVENT, BINH, vacancy=vacancy).body
    assert "theo thứ tự đăng ký" in body
    assert why in body
    assert "Mã dự họp: 7K4M 2Q9P" in body


def test_what_was_taken_back_names_who_and_why_without_a_link():
    letter = notices.taken_back(EVENT, BINH, rule=StepRule.BY_ORGANIZER, reason="Trùng người")
    assert "Ban tổ chức đã hủy" in letter.body
    assert "Lý do: Trùng người" in letter.body
    assert letter.link_purpose is None
    without = notices.taken_back(EVENT, BINH, rule=StepRule.BY_FOCAL_POINT, reason="")
    assert "Lý do" not in without.body


def test_a_postponed_event_has_no_time_but_the_old_one():
    postponed = replace(EVENT, state=EventState.POSTPONED)
    body = notices.event_postponed(postponed, BINH, reason="Bão", before=PlaceAndTime(STARTS, ENDS, "Phòng họp số 1")).body
    assert "Thời gian: sẽ thông báo sau" in body
    assert "Trước đây: 14:00 – 15:30, Thứ Ba 29/10/2024, Phòng họp số 1" in body


@pytest.mark.parametrize(
    ("mode", "url", "where"),
    [
        (EventMode.IN_PERSON, "https://hop.example/1", "Phòng họp số 1, Đường Nguyễn Công Trứ"),
        (EventMode.ONLINE, "https://hop.example/1", "Trực tuyến https://hop.example/1"),
        (EventMode.BOTH, "", "Phòng họp số 1, Đường Nguyễn Công Trứ; Trực tuyến"),
    ],
)
def test_where_is_the_room_the_line_or_both(mode, url, where):
    letter = notices.confirmed(replace(EVENT, mode=mode, online_url=url), BINH)
    assert f"Địa điểm: {where}\n" in letter.body


def test_no_room_yet_is_said():
    assert "Địa điểm: sẽ thông báo sau\n" in notices.confirmed(replace(EVENT, venue="", venue_address=""), BINH).body


def test_several_days_name_both():
    shown = notices.when(STARTS, datetime(2024, 10, 30, 10, 0, tzinfo=UTC), locale="vi")
    assert shown == "14:00, Thứ Ba 29/10/2024 – 17:00, Thứ Tư 30/10/2024"


def test_both_languages_of_every_letter_tell_the_same_facts():
    for text in TEXTS:
        assert text.words["vi"].placeholders == text.words["en"].placeholders, text.name


def test_english_letters_hold_no_vietnamese_sentence():
    plain = replace(EVENT, title="T", venue="V", venue_address="", office="O", contact="C")
    english = replace(BINH, locale="en", full_name="B")
    for letter in every_letter(plain, english):
        assert (letter.subject + letter.body).replace("–", "-").isascii()


def test_an_unknown_language_is_answered_in_vietnamese():
    assert notices.confirmed(EVENT, replace(BINH, locale="fr")).body.startswith("Kính gửi")


@pytest.mark.parametrize(
    "hostile",
    [
        "100%",
        "%(name)s",
        "%s",
        "{title}",
        "{{link}}",
        "{{{link}}",
        "{{{{link}}}}",
        "{lien_ket}",
        "{{ 7*7 }}",
        "<script>alert(1)</script>",
    ],
)
def test_words_of_people_mean_nothing(hostile):
    event = replace(EVENT, title=hostile, venue=hostile, contact=hostile)
    for letter in every_letter(event, replace(BINH, full_name=hostile)):
        assert letter.body.count("{{link}}") == (1 if letter.link_purpose else 0)
        assert re.sub(r"\{(?=\{)", "{ ", hostile) in letter.subject
