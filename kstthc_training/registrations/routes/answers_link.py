"""Answers to the questions of an event behind the link of a letter, for people without an account."""

from flask.typing import ResponseReturnValue

from kstthc_training.registrations.routes.answering import answers_page, held_ways, send_file, store_answers
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.registrations.routes.secrets import without_referer
from kstthc_training.registrations.routes.ticket_link import found_ticket, holder_of
from kstthc_training.web.access import access, anyone


@bp.get("/ve/thu/<secret>/tra-loi")
@access(anyone)
def held_answers(secret: str) -> ResponseReturnValue:
    """The questions with what was answered; opening changes nothing."""
    registration = found_ticket(secret)
    return without_referer(answers_page(holder_of(registration), registration, held_ways(secret)))


@bp.post("/ve/thu/<secret>/tra-loi")
@access(anyone)
def answer_held(secret: str) -> ResponseReturnValue:
    """Answer, or answer otherwise, as whoever holds the letter."""
    holder, ways = holder_of(found_ticket(secret)), held_ways(secret)
    answer = store_answers(
        holder,
        lambda: found_ticket(secret),
        ways,
        page_of=lambda form: answers_page(holder, found_ticket(secret), ways, form=form, status=422),
    )
    return without_referer(answer)


@bp.get("/ve/thu/<secret>/tep/<int:question_id>")
@access(anyone)
def held_answer_file(secret: str, question_id: int) -> ResponseReturnValue:
    """The file that the holder of the letter answered with."""
    registration = found_ticket(secret)
    return without_referer(send_file(holder_of(registration), registration, question_id))
