"""The mail page: what waits, what went out, what failed and why."""

from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.administration.job_words import job_trouble_words, job_words
from kstthc_training.administration.queries.events import titles_of_events
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.administration.words import LETTER_STATES, trouble_words
from kstthc_training.audit.service import record
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, service
from kstthc_training.outbox.composing import link_address
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.errors import Trouble
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.queries import LetterText
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers
from kstthc_training.people.readings import note_reading
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before


@bp.get("/quan-tri/thu")
@access(administers)
def letters() -> ResponseReturnValue:
    """The letters by state, with what waits, failed or is held."""
    note_reading("letters.read", subject_type="message")
    words, state = asked_words(), _wanted_state()
    listed = queries.letters(state=state, words=words, offset=rows_before(), limit=ROWS)
    hold = queries.find_hold()
    return page(
        "administration/letters.html",
        fragments=("danh_sach",),
        tabs=tabs(),
        rows=[(row, LETTER_STATES[row.state], trouble_words(row.last_error)) for row in listed.rows],
        events=titles_of_events({row.event_id for row in listed.rows if row.event_id is not None}),
        pager=pager(shown=len(listed.rows), total=listed.total),
        words=words,
        state=state.value if state else "",
        figures=_figures(listed.counts, state, words),
        failed=listed.counts[MessageState.FAILED],
        hold=hold,
        failed_jobs=[(job, job_words(job.kind), job_trouble_words(job.last_error)) for job in queries.failed_jobs()],
        line_troubles=[trouble_words(each.line_trouble) for each in queries.workers() if each.line_trouble],
        goes_to_files=_goes_to_files(),
    )


def _wanted_state() -> MessageState | None:
    given = request.args.get("trang-thai", "")
    return MessageState(given) if given in set(MessageState) else None


def _figures(counts: Any, state: MessageState | None, words: str) -> list[dict[str, Any]]:
    """The counts by state, each leading to the letters it counts; pressed again it leads back to all."""
    return [
        {
            "label": label,
            "count": counts[each],
            "tone": tone if counts[each] and tone == "bad" else "",
            "current": each is state,
            "href": _list_address(None if each is state else each, words),
        }
        for each, (label, tone) in LETTER_STATES.items()
    ]


def _list_address(state: MessageState | None, words: str) -> str:
    query: dict[str, Any] = {"trang-thai": state.value if state else None, "q": words or None}
    return url_for("administration.letters", **query)


def _goes_to_files() -> bool:
    """Whether no mail server is set, so that administrators hand the letters' links over, as on a machine for trying out."""
    return not current_app.config["SETTINGS"].smtp_host


@bp.get("/quan-tri/thu/<int:message_id>")
@access(administers)
def letter(message_id: int) -> ResponseReturnValue:
    """One letter as its reader gets it, with its attempts."""
    note_reading("letter.read", subject_type="message", subject_id=message_id)
    found = queries.get_letter(message_id)
    address = _shown_address(found)
    return page(
        "administration/letter.html",
        tabs=tabs(),
        letter=found.letter,
        state=LETTER_STATES[found.letter.state],
        trouble=trouble_words(found.letter.last_error),
        paragraphs=_paragraphs(found, address),
        address=address,
        goes_to_files=_goes_to_files(),
        link_withheld=found.has_link and not _goes_to_files(),
        link_over=found.has_link and _goes_to_files() and address is None,
        may_send_again=found.letter.state is MessageState.FAILED and found.body is not None,
        titles=titles_of_events({found.letter.event_id} if found.letter.event_id else set()),
    )


def _shown_address(found: LetterText) -> str | None:
    """The personal address in a letter, where letters go to files; with a mail server it is the recipient's alone."""
    if not found.has_link or not _goes_to_files():
        return None
    try:
        return link_address(found.letter, current_app.extensions["outbox"])
    except Trouble:
        return None


def _paragraphs(found: LetterText, address: str | None) -> list[str]:
    shown = (found.body or "").replace(found.link_mark, address or _("[liên kết riêng của người nhận]"))
    return [part for part in shown.split("\n\n") if part.strip()]


@bp.post("/quan-tri/thu/<int:message_id>/gui-lai")
@access(administers)
def send_again(message_id: int) -> ResponseReturnValue:
    """Queue one failed letter anew."""
    now = clock.now()
    with unit_of_work():
        gone = service.send_now(ids=[message_id], account_id=me().account_id, now=now).ids
        if gone:
            record(actor=me(), action="letter.sent_again", subject_type="message", subject_id=message_id, now=now)
    if gone:
        note_success(_("Thư được gửi lại trong ít giây nữa."))
    else:
        note_problem(_("Thư đã đi, đang đi, hoặc nội dung đã xóa theo hạn lưu giữ, nên không gửi lại được."))
    return see_other(url_for("administration.letter", message_id=message_id))


@bp.post("/quan-tri/thu/gui-lai")
@access(administers)
def send_failed_again() -> ResponseReturnValue:
    """Queue every failed letter anew."""
    now = clock.now()
    with unit_of_work():
        stuck = db.session.scalars(select(Message.id).where(queries.may_go_again())).all()
        count = len(service.send_now(ids=stuck, account_id=me().account_id, now=now).ids)
        record(actor=me(), action="letters.sent_again", subject_type="message", subject_id=None, now=now, count=count)
    note_success(ngettext("%(num)d thư được gửi lại.", "%(num)d thư được gửi lại.", count))
    return see_other(url_for("administration.letters"))


@bp.post("/quan-tri/thu/giu")
@access(administers)
def hold_letters() -> ResponseReturnValue:
    """Hold all letters back until they are let go."""
    now, actor = clock.now(), me()
    with unit_of_work():
        service.hold_letters(reason=_("%(name)s giữ lại ở trang Thư", name=actor.display_name), now=now)
        record(actor=actor, action="letters.held", subject_type="message", subject_id=None, now=now)
    note_success(_("Đã giữ mọi thư."), undo_action=url_for("administration.let_letters_go"))
    return see_other(url_for("administration.letters"))


@bp.post("/quan-tri/thu/cho-gui")
@access(administers)
def let_letters_go() -> ResponseReturnValue:
    """Let held letters go out."""
    now = clock.now()
    with unit_of_work():
        service.let_letters_go()
        record(actor=me(), action="letters.let_go", subject_type="message", subject_id=None, now=now)
    note_success(_("Thư đang chờ được gửi đi."))
    return see_other(url_for("administration.letters"))
