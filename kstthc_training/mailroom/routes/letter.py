"""One letter: why it did not arrive, where it could go, its path, and its text as the recipient sees it."""

from typing import Any

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.mailroom import service
from kstthc_training.mailroom.enums import Source
from kstthc_training.mailroom.forms import OTHER, AddressForm
from kstthc_training.mailroom.queries import LetterView, Proposal, StepRow, get_letter, others_to, proposals, subject_of
from kstthc_training.mailroom.routes.blueprint import bp
from kstthc_training.mailroom.routes.letters import goes_to_files
from kstthc_training.mailroom.service import Redirection
from kstthc_training.mailroom.words import STATES, STEPS, why
from kstthc_training.messages.policy import is_private
from kstthc_training.outbox.composing import LINK_MARK, link_address
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.errors import Trouble
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import NewAddress
from kstthc_training.outbox.service.deciding import MAY_BE_DISCARDED, MAY_BE_HELD, MAY_GO
from kstthc_training.outbox.service.readdressing import MAY_BE_READDRESSED
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.refusals import Refusal
from kstthc_training.scheduling.words import object_words
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import day
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

_STUCK = (MessageState.FAILED, MessageState.BOUNCED)


@bp.get("/thu-di/<int:message_id>")
@access(runs_events)
def letter(message_id: int) -> ResponseReturnValue:
    """The letter as it stands."""
    get_letter(actor=me(), message_id=message_id)  # what may not be read is not noted as read
    note_reading("letter.read", subject_type="message", subject_id=message_id)
    return _letter_page(get_letter(actor=me(), message_id=message_id))


@bp.post("/thu-di/<int:message_id>/dia-chi")
@access(runs_events)
def readdress(message_id: int) -> ResponseReturnValue:
    """Send the letter to another address."""
    form = AddressForm()
    view = get_letter(actor=me(), message_id=message_id)
    names = {each.address: each.name for each in proposals(view.letter, subject_of(view.letter)) if _is_named(each)}
    if form.validate():
        to = NewAddress(old=form.seen.data, new=form.wanted, name=names.get(form.wanted, ""))
        redirection = Redirection(to=to, in_directory=form.in_directory.data, with_others=form.with_others.data)
        try:
            with unit_of_work():
                count = service.readdress(actor=me(), message_id=message_id, redirection=redirection, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            words = ngettext("%(num)d thư đi tới %(address)s.", "%(num)d thư đi tới %(address)s.", count, address=to.new)
            note_success(words)
            return see_other(url_for("mailroom.letter", message_id=message_id))
    return _letter_page(get_letter(actor=me(), message_id=message_id), form=form, status=422)


def _is_named(proposal: Proposal) -> bool:
    """Whether the letter bears another name there; else it stays the recipient's own."""
    return proposal.source is Source.FOCAL


def _letter_page(view: LetterView, *, form: AddressForm | None = None, status: int = 200) -> Response:
    letter = view.letter
    may = _may(view)
    subject, is_stuck = subject_of(letter), letter.state in _STUCK
    likely = proposals(letter, subject) if may["readdress"] else []
    form = form or AddressForm(
        formdata=None,
        address=likely[0].address if is_stuck and likely else OTHER,
        in_directory=is_stuck,
        with_others=is_stuck,
    )
    form.seen.data = letter.recipient
    others = others_to(letter, actor=me()) if may["readdress"] else 0
    address = _shown_address(letter)
    return page(
        "mailroom/letter.html",
        status=status,
        letter=letter,
        calendar_words=object_words(letter.calendar) if letter.calendar else "",
        event=view.event,
        heading=_heading(view),
        tag=_tag(view),
        reason=why(letter.last_error, bounced=True) if is_stuck else None,
        may=may,
        form=form,
        other=OTHER,
        proposals=[(each, _hint(each)) for each in likely],
        may_correct=may["readdress"] and subject.is_at(letter.recipient),
        others=others,
        path=[(row, *_step(row)) for row in view.path],
        waits_until=letter.run_at if letter.state is MessageState.WAITING and letter.run_at > clock.now() else None,
        paragraphs=_paragraphs(letter, address),
        address=address,
        goes_to_files=goes_to_files(),
        link_withheld=_has_link(letter) and not goes_to_files(),
        link_over=_has_link(letter) and goes_to_files() and address is None,
        is_private=is_private(letter.kind),
    )


def _heading(view: LetterView) -> str:
    name = view.letter.recipient_name or view.letter.recipient
    words = {
        MessageState.BOUNCED: _("Thư bị trả lại: %(name)s", name=name),
        MessageState.FAILED: _("Thư bị từ chối: %(name)s", name=name),
    }
    return words.get(view.letter.state, _("Thư gửi %(name)s", name=name))


def _tag(view: LetterView) -> tuple[Any, str]:
    is_held = view.letter.state is MessageState.WAITING and view.is_held
    return STATES[MessageState.HELD] if is_held else STATES[view.letter.state]


def _may(view: LetterView) -> dict[str, bool]:
    letter = view.letter
    free, whole = letter.claimed_by is None, letter.body is not None
    return {
        "send": free and whole and letter.state in MAY_GO,
        "hold": free and letter.state in MAY_BE_HELD and not view.is_held,
        "discard": free and letter.state in MAY_BE_DISCARDED,
        "readdress": free and whole and letter.state in MAY_BE_READDRESSED and not is_private(letter.kind),
    }


def _hint(proposal: Proposal) -> str:
    words = {
        Source.CORRECTED: _("Địa chỉ trong danh bạ bây giờ"),
        Source.ALIKE: _("Khác một chữ với địa chỉ cũ"),
        Source.FOCAL: _("Đầu mối của đơn vị"),
        Source.MAILBOX: _("Hộp thư chung của đơn vị"),
        Source.REACHED: _("Thư trước của người này đã tới đây"),
    }
    said = words[proposal.source]
    if not proposal.arrived or proposal.last_at is None:
        return said
    count, last = proposal.arrived, day(proposal.last_at)
    took = ngettext("%(num)d thư đã tới, mới nhất %(last)s", "%(num)d thư đã tới, mới nhất %(last)s", count, last=last)
    return f"{said}; {took}"


def _step(row: StepRow) -> tuple[str, str, str]:
    """What happened, its tone, and what more there is to say."""
    label, tone = STEPS[row.what]
    details = [row.by]
    if row.what is PathStep.READDRESSED:
        details.insert(0, _("trước là %(address)s", address=row.said) if row.said else "")
    elif row.what in (PathStep.REFUSED, PathStep.BOUNCED, PathStep.GIVEN_UP, PathStep.PUT_OFF) and (said := why(row.said)):
        details = [said.words, said.said, *details]
    elif row.said:
        details.append(row.said)
    return str(label), tone, " · ".join(filter(None, details))


def _has_link(letter: Message) -> bool:
    return bool(letter.body and LINK_MARK in letter.body)


def _shown_address(letter: Message) -> str | None:
    """The personal address in a letter, where letters go to files; with a mail server it is the recipient's alone."""
    if not _has_link(letter) or not goes_to_files():
        return None
    try:
        return link_address(letter, current_app.extensions["outbox"])
    except Trouble:
        return None


def _paragraphs(letter: Message, address: str | None) -> list[str]:
    shown = (letter.body or "").replace(LINK_MARK, address or _("[liên kết riêng của người nhận]"))
    return [part for part in shown.split("\n\n") if part.strip()]
