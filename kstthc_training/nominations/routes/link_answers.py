"""The questions of an event answered for somebody named, by the link of the organisation's invitation."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.nominations.routes.opened import bearer, body_opened
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import may_answer
from kstthc_training.registrations.queries.tickets import get_numbered
from kstthc_training.registrations.routes.answering import AnswerWays, answers_page, store_answers
from kstthc_training.registrations.routes.secrets import without_referer
from kstthc_training.web.access import access, anyone


@bp.get("/moi/<secret>/tra-loi/<int:registration_id>")
@access(anyone)
def invited_answers(secret: str, registration_id: int) -> ResponseReturnValue:
    """The questions with what was answered for one of those named; files are named, not opened."""
    actor = bearer(body_opened(secret))
    return without_referer(answers_page(actor, _named(secret, registration_id), _ways(secret, registration_id)))


@bp.post("/moi/<secret>/tra-loi/<int:registration_id>")
@access(anyone)
def answer_invited(secret: str, registration_id: int) -> ResponseReturnValue:
    """Answer for one of those named; what is left empty he answers himself."""
    actor, ways = bearer(body_opened(secret)), _ways(secret, registration_id)
    answer = store_answers(
        actor,
        lambda: _named(secret, registration_id),
        ways,
        page_of=lambda form: answers_page(actor, _named(secret, registration_id), ways, form=form, status=422),
    )
    return without_referer(answer)


def _named(secret: str, registration_id: int) -> Registration:
    invitation = body_opened(secret)
    actor, event_id = bearer(invitation), invitation.event_id
    registration = get_numbered(event_id=event_id, registration_id=registration_id)
    if not may_answer(actor, registration):
        raise Unknown(registration_id=registration_id)
    return registration


def _ways(secret: str, registration_id: int) -> AnswerWays:
    return AnswerWays(
        url_for(".answer_invited", secret=secret, registration_id=registration_id),
        lambda question_id: "",
        url_for(".invited_nomination", secret=secret),
        _("Cử người dự"),
    )
