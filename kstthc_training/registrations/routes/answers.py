"""Answers to the questions of an event, changed by whoever sees the ticket signed in."""

from flask.typing import ResponseReturnValue

from kstthc_training.people.identity import me
from kstthc_training.registrations.queries import get_ticket
from kstthc_training.registrations.routes.answering import answers_page, send_file, store_answers, ticket_ways
from kstthc_training.registrations.routes.blueprint import bp
from kstthc_training.web.access import access, signed_in


@bp.get("/ve/<code>/tra-loi")
@access(signed_in)
def ticket_answers(code: str) -> ResponseReturnValue:
    """The questions with what was answered, for the person himself, the focal point that named him, and organizers."""
    return answers_page(me(), get_ticket(actor=me(), code=code), ticket_ways(code))


@bp.post("/ve/<code>/tra-loi")
@access(signed_in)
def answer_on_ticket(code: str) -> ResponseReturnValue:
    """Answer, or answer otherwise."""
    actor, ways = me(), ticket_ways(code)
    return store_answers(
        actor,
        lambda: get_ticket(actor=actor, code=code),
        ways,
        page_of=lambda form: answers_page(actor, get_ticket(actor=actor, code=code), ways, form=form, status=422),
    )


@bp.get("/ve/<code>/tep/<int:question_id>")
@access(signed_in)
def answer_file(code: str, question_id: int) -> ResponseReturnValue:
    """The file that somebody answered with."""
    return send_file(me(), get_ticket(actor=me(), code=code), question_id)
