"""What an erasure must find besides the person's own rows: what was united, what he was reached by before, shared files."""

import io

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import ERASED, GUEST
from kstthc_training.db import db, unit_of_work
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import SentFile, own_store
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter, post_letter
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.privacy.queries import kept_of
from kstthc_training.privacy.service.erasing import DISCARD, FORGET_LAST_LETTER, erase
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationView
from kstthc_training.registrations.queries.questions import given_by
from tests.directory.unitings import parted, united
from tests.privacy.kept import EMAIL, NAME, PHONE
from tests.privacy.test_erasing import found_in_database, run
from tests.registrations.actors import actor_of, again, an_organizer
from tests.registrations.test_answers import LETTER
from tests.registrations.test_questions import asked
from tests.registrations.visitors import arrived, open_to_guests
from tests.support.factories import make_account, make_event, make_person, make_registration


def answered(registration, question_id):
    """A file handed in as the answer; the answer is the key of its bytes."""
    with unit_of_work():
        kept = own_store().put(io.BytesIO(b"%PDF-1.7 x"), limit=100)
        files = {question_id: SentFile(kept, "giay.pdf", "application/pdf")}
        service.answer_questions(
            actor=an_organizer(), registration=again(registration.id), given={}, files=files, now=clock.now()
        )
    return kept.key


def erased(person):
    administrator = actor_of(make_account(Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    db.session.rollback()
    with unit_of_work():
        name = db.session.get_one(Person, person.id).full_name
        erase(actor=administrator, person_id=person.id, typed=name, now=clock.now())
    run(DISCARD)
    run(FORGET_LAST_LETTER)


def posted(key, recipient, name):
    letter = Letter(
        kind="event.changed", recipient=recipient, recipient_name=name, subject="Đổi giờ", body="Kính gửi ông/bà"
    )
    with unit_of_work():
        post_letter(letter, key=key, now=clock.now())


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def letter(event):
    return asked(event, LETTER)[0]


@pytest.fixture
def rows(event):
    kept, other = make_person("Lê Mẫu An"), make_person("Lê Mẫu Ân")
    return kept, other, make_registration(event, kept, state=RegistrationState.WAITING), make_registration(event, other)


def test_a_file_that_united_rows_share_may_be_changed_and_taken_away(letter, rows):
    kept, other, own, led_on = rows
    first = answered(led_on, letter)
    united(kept, other)
    changed = answered(own, letter)
    assert {each.key for each in db.session.scalars(select(StoredFile))} == {first, changed}
    with unit_of_work():
        service.answer_questions(
            actor=an_organizer(), registration=again(own.id), given={}, files={}, may_leave=True, now=clock.now()
        )
    assert [each.key for each in db.session.scalars(select(StoredFile))] == [first]
    assert (given_by(own.id), given_by(led_on.id).keys()) == ({}, {letter})


def test_a_file_shared_since_rows_were_united_stays_with_its_owner_when_they_part(letter, rows):
    kept, other, own, led_on = rows
    key = answered(led_on, letter)
    parted(united(kept, other))
    assert (given_by(own.id), given_by(led_on.id).keys()) == ({}, {letter})
    assert [each.key for each in db.session.scalars(select(StoredFile))] == [key]


def test_every_file_of_united_rows_goes_also_one_that_no_answer_speaks_of(letter, rows):
    kept, other, own, led_on = rows
    keys = [answered(own, letter), answered(led_on, letter)]
    united(kept, other)
    erased(kept)
    assert db.session.scalars(select(StoredFile)).all() == []
    assert not any(own_store().path(key).exists() for key in keys)


def test_letters_to_the_address_of_a_row_that_was_united_go_too_whoever_bears_the_name(app):
    kept, other = make_person("Lê Mẫu An", email="an@mau.example"), make_person(NAME, email=EMAIL, phone=PHONE)
    posted("his", EMAIL, NAME)
    united(kept, other)
    namesake = make_person(NAME, email="trung-ten@mau.example")
    posted("namesake's", namesake.email, NAME)
    erased(kept)
    said = dict(db.session.execute(select(Message.key, Message.recipient_name)).all())
    assert (said["his"], said["namesake's"]) == ("", NAME)
    assert {hit for hit in found_in_database() if hit[2] != NAME} == set()


def test_letters_to_an_address_or_name_that_he_had_before_go_too(app):
    person = make_person(NAME, email="moi@mau.example", phone=PHONE)
    posted("old address", EMAIL, NAME)
    posted("old name", "Moi@mau.example", "Tên Cũ")
    posted("another's", "khac@mau.example", "Người Khác")
    erased(person)
    kept = db.session.execute(select(Message.recipient, Message.recipient_name).where(Message.recipient != "")).all()
    assert [tuple(row) for row in kept] == [("khac@mau.example", "Người Khác")]
    assert found_in_database() == []


def test_words_of_somebody_who_was_parted_again_stay(app):
    one, other = make_person("Lê Mẫu An"), make_person("Trần Mẫu Bình", email="binh-cu@mau.example")
    parted(united(one, other))
    with unit_of_work():
        db.session.get_one(Person, other.id).email = "binh-moi@mau.example"
    posted("other's", "binh-cu@mau.example", "Ông Bình")
    erased(one)
    assert db.session.scalars(select(Message.recipient).where(Message.key == "other's")).all() == ["binh-cu@mau.example"]


def test_a_guest_who_was_renamed_leaves_no_earlier_name_in_the_log(app):
    registration, _how = arrived(open_to_guests(), full_name="Tên Cũ")
    with unit_of_work():
        db.session.get_one(Person, registration.person_id).full_name = NAME
    erased(db.session.get_one(Person, registration.person_id))
    authors = set(db.session.scalars(select(AuditEntry.actor_name)))
    assert ERASED in authors
    assert not any(name.startswith(GUEST) for name in authors)


def test_a_saved_view_looks_for_him_no_more(app):
    person, keeper = make_person(NAME, phone=PHONE), actor_of(make_account(Role.ORGANIZER), Role.ORGANIZER)
    with unit_of_work():
        for name, words in (("Của tôi", f"{NAME} 0912345678"), ("Khác", "Người Khác")):
            service.save_view(actor=keeper, name=name, asked={"q": words, "cot": "luc"}, is_shared=False, now=clock.now())
    erased(person)
    asked_for = dict(db.session.execute(select(RegistrationView.name, RegistrationView.asked)).all())
    assert asked_for == {"Của tôi": {"q": f"{ERASED} ", "cot": "luc"}, "Khác": {"q": "Người Khác", "cot": "luc"}}


def test_whoever_takes_his_data_along_takes_that_of_united_rows_too(letter, rows):
    kept, other, _own, led_on = rows
    answered(led_on, letter)
    with unit_of_work():
        db.session.get_one(Registration, led_on.id).credential_number = "THE-1"
    united(kept, other)
    taken = kept_of(kept.id, today=clock.local_date(clock.now()), now=clock.now())
    assert len(taken.registrations) == 2
    assert {each.file_name for each in taken.answers} == {"giay.pdf"}
    db.session.rollback()
