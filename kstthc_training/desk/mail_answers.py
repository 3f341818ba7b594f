"""What people answered by mail, as the desk's lists say it beside them."""

from collections.abc import Mapping

from kstthc_training.calendars.replies.queries import MailAnswer, answers_at, registrations_of
from kstthc_training.calendars.replies.words import ANSWERS
from kstthc_training.events.models import Event
from kstthc_training.web.locale import hour, short_day


def mail_answers(event: Event) -> Mapping[int, str]:
    """By person, what he answered and when: one statement."""
    return {person_id: _words(answer) for person_id, answer in answers_at(event.id).items()}


def mail_answers_of_registered(event: Event) -> Mapping[int, str]:
    """The same by registration: two statements, one when nobody answered."""
    answers = mail_answers(event)
    numbers = registrations_of(event.id, answers) if answers else {}
    return {registration_id: answers[person_id] for person_id, registration_id in numbers.items()}


def _words(answer: MailAnswer) -> str:
    some = f" ({answer.answered}/{answer.of})" if answer.answered < answer.of else ""
    return f"{ANSWERS[answer.partstat]}{some}, {short_day(answer.at)} {hour(answer.at)}"
