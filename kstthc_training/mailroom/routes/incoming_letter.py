"""One letter that came in: its words as plain text, what it is, and what can be done about it."""

from collections.abc import Callable
from datetime import datetime

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.calendars import replies
from kstthc_training.calendars.replies.enums import Did, ReplyReason
from kstthc_training.calendars.replies.words import REFUSALS
from kstthc_training.db import unit_of_work
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.errors import AlreadySettled
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.inbox.parts import shown_text
from kstthc_training.inbox.queries import get_incoming
from kstthc_training.inbox.reading import read
from kstthc_training.inbox.service import decide
from kstthc_training.mailroom.incoming_words import KINDS, STATES, said_words, why_words
from kstthc_training.mailroom.queries.incoming import abouts, our_letter, sessions_of
from kstthc_training.mailroom.routes.blueprint import bp
from kstthc_training.people.actors import Actor
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page


@bp.get("/thu-den/<int:message_id>")
@access(runs_events)
def letter_in(message_id: int) -> ResponseReturnValue:
    """The letter as it came, in words alone: nothing of it is run or fetched."""
    note_reading("inbox.letter_read", subject_type="message", subject_id=message_id)
    row = get_incoming(message_id)
    return page(
        "mailroom/incoming_letter.html",
        row=row,
        kind=KINDS[row.kind],
        tag=STATES[row.state],
        why=why_words(row.reason, row.facts),
        was=why_words(row.facts["was"], row.facts) if row.facts.get("was") else "",
        said=said_words(row.facts),
        comment=row.facts.get("comment", ""),
        waits=row.state is MailState.REVIEW,
        of_one_session=row.reason == ReplyReason.ONE_SESSION,
        says_no=row.facts.get("partstat") == "DECLINED",
        about=abouts([row])[0],
        sessions=sessions_of(row),
        proposed=_proposed(row),
        our_letter=our_letter(row),
        lines=_lines(row),
        may=_may(row),
    )


@bp.post("/thu-den/<int:message_id>/nhan")
@access(runs_events)
def confirm_answer(message_id: int) -> ResponseReturnValue:
    """Take an answer as the person's own."""
    return _decided(message_id, replies.confirm, _("Đã nhận câu trả lời."), undo=True)


@bp.post("/thu-den/<int:message_id>/hoan-tac")
@access(runs_events)
def undo_answer(message_id: int) -> ResponseReturnValue:
    """Take back what an answer did."""
    return _decided(message_id, replies.undo, _("Đã hoàn tác."))


@bp.post("/thu-den/<int:message_id>/khong-doi-gio")
@access(runs_events)
def decline_counter(message_id: int) -> ResponseReturnValue:
    """Write that the hour stays."""
    return _decided(message_id, replies.decline_counter, _("Đã gửi thư trả lời: giờ họp giữ nguyên."))


@bp.post("/thu-den/<int:message_id>/bo-qua")
@access(runs_events)
def put_aside(message_id: int) -> ResponseReturnValue:
    """Look no more at a letter."""
    return _decided(message_id, decide.put_aside, _("Đã bỏ qua thư."), back_to_list=True)


@bp.post("/thu-den/<int:message_id>/xem-lai")
@access(runs_events)
def look_again(message_id: int) -> ResponseReturnValue:
    """Put a letter that was passed over back among those to look at."""
    return _decided(message_id, decide.look_again, _("Thư trở lại mục cần xem."))


def _decided(
    message_id: int,
    verb: Callable[..., object],
    words: str,
    *,
    undo: bool = False,
    back_to_list: bool = False,
) -> ResponseReturnValue:
    here = url_for("mailroom.letter_in", message_id=message_id)
    actor: Actor = me()
    try:
        with unit_of_work():
            verb(actor=actor, message_id=message_id, now=clock.now())
    except AlreadySettled:
        note_problem(_("Có người đã xử lý thư này trước."))
    except Refusal as refusal:
        note_problem(_refused(refusal))
    else:
        again = "mailroom.look_again" if back_to_list else "mailroom.undo_answer"
        note_success(words, undo_action=url_for(again, message_id=message_id) if undo or back_to_list else None)
        return see_other(url_for("mailroom.letters_in") if back_to_list else here)
    return see_other(here)


def _refused(refusal: Refusal) -> str:
    why = REFUSALS.get(type(refusal).__name__)
    return _("Không làm được: %(why)s.", why=why) if why else _("Không làm được việc này với thư này.")


def _may(row: InboxMessage) -> dict[str, bool]:
    """What can be done about a letter as it stands."""
    waits, facts = row.state is MailState.REVIEW, row.facts
    is_known = row.event_id is not None and row.person_id is not None
    is_counter = facts.get("method") == "COUNTER"
    return {
        "confirm": waits and is_known and facts.get("partstat") in ("ACCEPTED", "DECLINED") and not is_counter,
        "keep_hour": waits and is_known and is_counter and row.reason == ReplyReason.COUNTERED,
        "put_aside": waits,
        "look_again": row.state is MailState.IGNORED,
        "undo": row.state is MailState.HANDLED and facts.get("did") in set(Did),
    }


def _proposed(row: InboxMessage) -> tuple[datetime, datetime] | None:
    if "starts" not in row.facts:
        return None
    return datetime.fromisoformat(row.facts["starts"]), datetime.fromisoformat(row.facts["ends"])


def _lines(row: InboxMessage) -> list[list[str]] | None:
    """The words of the letter, by paragraph; None once they are erased."""
    if row.raw is None:
        return None
    text = shown_text(read(row.raw, is_cut=row.is_cut).message)
    return [part.split("\n") for part in text.split("\n\n") if part.strip()]
