"""What is done with the letters that are ticked, or with one; each can be taken back."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.mailroom import service
from kstthc_training.mailroom.errors import HeldByOperators
from kstthc_training.mailroom.forms import AddressForm
from kstthc_training.mailroom.routes.blueprint import bp
from kstthc_training.mailroom.routes.letters import filters
from kstthc_training.outbox.service import Decided
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, given_numbers, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success

Words = Callable[[int], str]


@bp.post("/thu-di/gui")
@access(runs_events)
def send_now() -> ResponseReturnValue:
    """Let the chosen letters go."""

    def words(count: int) -> str:
        return ngettext("%(num)d thư đi sau 10 giây.", "%(num)d thư đi sau 10 giây.", count)

    return _decide(service.send_now, words)


@bp.post("/thu-di/giu")
@access(runs_events)
def hold_back() -> ResponseReturnValue:
    """Keep the chosen letters."""
    return _decide(service.hold_back, lambda count: ngettext("Đã giữ %(num)d thư.", "Đã giữ %(num)d thư.", count))


@bp.post("/thu-di/bo")
@access(runs_events)
def discard() -> ResponseReturnValue:
    """Give the chosen letters up."""

    def words(count: int) -> str:
        return ngettext("Đã bỏ %(num)d thư, không gửi.", "Đã bỏ %(num)d thư, không gửi.", count)

    return _decide(service.discard, words)


@bp.post("/thu-di/hoan-tac/<act>")
@access(runs_events)
def undo(act: str) -> ResponseReturnValue:
    """Take back what was decided about letters."""
    with unit_of_work():
        back = service.undo(actor=me(), act=act, now=clock.now())
    if back.ids:
        count = len(back.ids)
        note_success(ngettext("%(num)d thư trở lại như trước.", "%(num)d thư trở lại như trước.", count))
    else:
        note_problem(_("Thư đã đi hoặc đã có người sửa tiếp, không hoàn tác được."))
    return _back()


def _decide(verb: Callable[..., Decided], words: Words) -> Response:
    ids = given_numbers("id")
    try:
        with unit_of_work():
            decided = verb(actor=me(), ids=ids, now=clock.now())
    except HeldByOperators:
        note_problem(str(AddressForm.refusal_words[HeldByOperators]))
        return _back()
    done, left = len(decided.ids), len(set(ids)) - len(decided.ids)
    rest = ngettext(
        "%(num)d thư để nguyên: đã đi, đang đi hoặc không còn nội dung.",
        "%(num)d thư để nguyên: đã đi, đang đi hoặc không còn nội dung.",
        left,
    )
    if done:
        said = f"{words(done)} {rest}" if left else words(done)
        note_success(said, undo_action=url_for("mailroom.undo", act=decided.act, **_kept()))
    else:
        note_problem(rest if left else _("Chưa chọn thư nào."))
    return _back()


def _kept() -> dict[str, Any]:
    one = posted_number("thu") or asked_number("thu")
    return {"thu": one} if one else filters()


def _back() -> Response:
    """To the letter that was open, else to the list as it was narrowed."""
    one = posted_number("thu") or asked_number("thu")
    if one:
        return see_other(url_for("mailroom.letter", message_id=one))
    return see_other(url_for("mailroom.outgoing", **filters()))
