"""The page of the door, and what fills its screen after a scan."""

from dataclasses import dataclass

from flask import Response, url_for
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.attendance import queries
from kstthc_training.attendance.errors import TooEarly
from kstthc_training.attendance.forms import METHOD_WORDS, STATUS_WORDS, too_early_words
from kstthc_training.attendance.queries import Column, Hit
from kstthc_training.attendance.service import CheckIn
from kstthc_training.events.models import Event
from kstthc_training.ids import begins_code, may_be_code, random_uuid
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.text import sentence_case
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.forms import Form
from kstthc_training.web.headers import let_camera
from kstthc_training.web.locale import hour
from kstthc_training.web.pages import page


@dataclass(frozen=True)
class Result:
    """What fills the screen after a scan: green, yellow or red; `wait` is after how many seconds to try again."""

    tone: str
    icon: str
    headline: str
    name: str
    detail: str
    wait: int | None = None


def result_of(done: CheckIn, who: Hit) -> Result:
    """Green for who came in now, yellow for who was in already."""
    if done.already:
        return Result("dup", "warn", already_words(done), who.full_name, who.organisation)
    return Result("", "okc", sentence_case(str(STATUS_WORDS[done.status])), who.full_name, who.organisation)


def already_words(done: CheckIn) -> str:
    """Since when somebody is in."""
    return _("Đã điểm danh lúc %(hour)s", hour=hour(done.since))


def refused_result(form: Form, refusal: Refusal) -> Result:
    """Red, with why nobody was let in; a refusal that the form has no words for is raised again."""
    if isinstance(refusal, TooEarly):
        return Result("no", "x", _("Chưa mở điểm danh"), "", too_early_words(refusal))
    form.refuse(refusal)
    return Result("no", "x", _("Không ghi được"), "", " ".join(map(str, form.form_errors)))


def column_of(event: Event, session_id: int) -> Column:
    """A session of this very event with its counts; `Unknown` when it is not."""
    columns = queries.get_session_columns(event, now=clock.now())
    column = next((c for c in columns if c.session_id == session_id), None)
    if column is None:
        raise Unknown(session_id=session_id)
    return column


def refused_page(event: Event, column: Column, refused: Result | None) -> Response:
    """The door with what is wrong; 429 with the seconds to wait (RFC 6585, 4) after too many wrong codes."""
    if refused is None or refused.wait is None:
        return door_page(event, column, result=refused, status=422)
    answer = door_page(event, column, result=refused, status=429)
    answer.headers["Retry-After"] = str(refused.wait)
    return answer


def door_page(event: Event, column: Column, *, result: Result | None = None, status: int = 200) -> Response:
    """The door of a session: who is sought, who is in, who came last, and over it all the result of a scan.

    The one page that may ask for the camera.
    """
    search = asked_words()
    found, total = queries.hits(event, column.session_id, search=search)
    answer = page(
        "attendance/door.html",
        fragments=("ket_qua",),
        status=status,
        event=event,
        column=column,
        expected=queries.expected_count(event),
        search=search,
        may_be_code=may_be_code(search),
        begins_code=begins_code(search),
        hits=found,
        total=total,
        most_counted=queries.MOST_COUNTED,
        result=result,
        recent=queries.recent_marks(column.session_id),
        nonce=random_uuid().hex,
        status_words=STATUS_WORDS,
        method_words=METHOD_WORDS,
        leaves_to=leaves_to(event),
    )
    return let_camera(answer)


def leaves_to(event: Event) -> str:
    """Where one goes from the door: the roster for those who run events, the event's page for others."""
    if runs_events(me()):
        return url_for("desk.roster", code=event.code)
    return url_for("agenda.event", code=event.code)
