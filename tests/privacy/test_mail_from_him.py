"""Letters that came from somebody are told to him as kept, and emptied with him."""

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.enums import Role
from kstthc_training.privacy.queries.kept import kept_of
from kstthc_training.privacy.sections import sections
from kstthc_training.privacy.service.erasing import erase
from tests.calendars.answering import arrives, mail_of, row_of, seated
from tests.inbox.corpus.pieces import letter
from tests.privacy.test_erasing import actor_of
from tests.support.factories import make_account, make_event, make_person

NAME = "Lê Mẫu Viết Thư"


def his_letters():
    """Somebody who answered, and wrote besides."""
    event, person = make_event(sessions=2), make_person(NAME)
    seated(event, person)
    answer = arrives(mail_of(event, person, "DECLINED", more=("COMMENT:Tôi ốm",)))
    words = arrives(letter(f"From: Viet <{person.email}>\nSubject: Xin\nMessage-ID: <w@mau.example>\n\nTôi ốm."))
    return person, answer, words


def test_what_came_from_him_is_told_as_kept(app):
    person, _answer, _words = his_letters()
    kept = kept_of(person.id, today=clock.local_date(clock.now()), now=clock.now())
    assert [(row.subject, row.has_body) for row in kept.mail] == [("Xin", True), ("Tra loi", True)]
    with app.test_request_context():
        assert [len(each.rows) for each in sections(kept) if each.id == "thu-den"] == [2]


def test_what_came_from_him_is_emptied_with_him(app):
    person, answer, words = his_letters()
    administrator = make_account(Role.ADMINISTRATOR)
    with unit_of_work():
        erase(actor=actor_of(administrator, Role.ADMINISTRATOR), person_id=person.id, typed=NAME, now=clock.now())

    for row in (row_of(answer.id), row_of(words.id)):
        assert (row.sender, row.sender_name, row.subject, row.search_text) == ("", "", "", "")
        assert "comment" not in row.facts and "attendee" not in row.facts
    assert row_of(answer.id).digest == answer.digest
