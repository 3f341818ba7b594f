"""Phân bổ: the seats of an event given in one decision, prepared, looked at row by row, and made."""

from collections.abc import Callable

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.desk.allocation import Table, criteria_lines, decided, facts_of, previewed
from kstthc_training.desk.forms.allocating import AllocatingForm, CriteriaForm, DecideForm, SayForm
from kstthc_training.desk.routes.blueprint import bp
from kstthc_training.desk.workspace import workspace_event, workspace_page
from kstthc_training.events.models import Event
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Admission
from kstthc_training.registrations.errors import ApplicantsChanged
from kstthc_training.registrations.policy import closed_to_all
from kstthc_training.registrations.queries.allocation import (
    Plan,
    Preview,
    applicants_count,
    is_reproduced,
    last_allocation,
    plan_of,
    preview,
    rows_of,
)
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.words import why_not
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success

_CHANGED = (Stale, ApplicantsChanged)


@bp.get("/hop/<event_code:code>/quan-ly/phan-bo")
@access(runs_events)
def allocation(code: str) -> ResponseReturnValue:
    """The criteria and whom they would admit; after the decision, what was decided and why."""
    return _allocation_page(workspace_event(code))


@bp.post("/hop/<event_code:code>/quan-ly/phan-bo")
@access(runs_events)
def begin_allocation(code: str) -> ResponseReturnValue:
    """Begin to prepare: the usual criteria, and a seed that is drawn and logged."""
    return _done(code, AllocatingForm(), lambda event: _begin(event))


@bp.post("/hop/<event_code:code>/quan-ly/phan-bo/tieu-chi")
@access(runs_events)
def set_criteria(code: str) -> ResponseReturnValue:
    """Move a criterion up or down, switch it on or off, or set its number."""
    form = CriteriaForm()
    return _done(code, form, lambda event: _change_criteria(event, form))


@bp.post("/hop/<event_code:code>/quan-ly/phan-bo/rut-tham")
@access(runs_events)
def redraw(code: str) -> ResponseReturnValue:
    """Draw another seed, which the log keeps."""
    form = AllocatingForm()
    return _done(code, form, lambda event: _redraw(event, form))


@bp.post("/hop/<event_code:code>/quan-ly/phan-bo/nguoi/<int:registration_id>")
@access(runs_events)
def say_of_applicant(code: str, registration_id: int) -> ResponseReturnValue:
    """Pin somebody, put him last, or leave him to the criteria again."""
    form = SayForm()
    return _done(code, form, lambda event: _say(event, registration_id, form), about=registration_id)


@bp.post("/hop/<event_code:code>/quan-ly/phan-bo/quyet-dinh")
@access(runs_events)
def decide_allocation(code: str) -> ResponseReturnValue:
    """Decide what was looked at: everybody is seated or queued, and told."""
    form = DecideForm()
    return _done(code, form, lambda event: _decide(event, form))


def _done(code: str, form: AllocatingForm, act: Callable[[Event], str], *, about: int | None = None) -> ResponseReturnValue:
    """Do one act and lead back to the page, or show the page with what spoke against it."""
    status = 422
    if form.validate():
        try:
            with unit_of_work():
                said = act(workspace_event(code))
        except Refusal as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, _CHANGED) else 422
        else:
            if said:
                note_success(said)
            return see_other(url_for(".allocation", code=code))
    return _allocation_page(workspace_event(code), form=form, about=about, status=status)


def _begin(event: Event) -> str:
    service.begin_allocation(actor=me(), event_id=event.id, now=clock.now())
    return ""


def _change_criteria(event: Event, form: CriteriaForm) -> str:
    plan = plan_of(event.id)
    if plan is None:
        raise Stale(saved_version=0)
    service.set_criteria(
        actor=me(), event_id=event.id, criteria=form.changed(plan), version=form.version.data, now=clock.now()
    )
    return ""


def _redraw(event: Event, form: AllocatingForm) -> str:
    seed = service.redraw(actor=me(), event_id=event.id, version=form.version.data, now=clock.now())
    return _("Đã rút hạt giống mới: %(seed)s. Nhật ký ghi lần rút này.", seed=seed)


def _say(event: Event, registration_id: int, form: SayForm) -> str:
    service.say_of_applicant(
        actor=me(), event_id=event.id, registration_id=registration_id, word=form.chosen_word, reason=form.reason.data,
        version=form.version.data, now=clock.now(),
    )  # fmt: skip
    return _("Đã ghi.")


def _decide(event: Event, form: DecideForm) -> str:
    done = service.decide_allocation(
        actor=me(), event_id=event.id, version=form.version.data, seen=form.seen.data, now=clock.now(),
        **facts_of(event.id),
    )  # fmt: skip
    rows = rows_of(done.id)
    admitted = sum(row.outcome == "admitted" for row in rows)
    return _("Đã quyết định: nhận %(n)s, chờ %(m)s. Mỗi người được báo bằng thư.", n=admitted, m=len(rows) - admitted)


def _allocation_page(
    event: Event, *, form: AllocatingForm | None = None, about: int | None = None, status: int = 200
) -> Response:
    plan = plan_of(event.id)
    shown = preview(event, plan, **facts_of(event.id)) if plan else None
    last = None if plan else last_allocation(event.id)
    kept = rows_of(last.id) if last else []
    search, result = asked_words(), request.args.get("kq", "")
    table = _table(event, plan, shown, search, result) or (
        decided(event, kept, search=search, result=result) if last else None
    )
    return workspace_page(
        "desk/allocation.html", event, "registrations", fragments=("danh_sach",), status=status,
        form=form, plan=plan, shown=shown, table=table, search=search, result=result,
        criteria=criteria_lines(plan) if plan else [],
        last=last, is_reproduced=is_reproduced(last, kept) if last else False,
        applied=len(shown.rows) if shown else applicants_count(event.id),
        is_allocated=rules_of(event.id).admission is Admission.ALLOCATION,
        why_not=why_not(closed_to_all(event, clock.now())),
        is_open=bool(event.registration_closes_at and clock.now() < event.registration_closes_at),
        saying=_saying(plan, shown, form, about or asked_number("nguoi")),
        said_of=about or asked_number("nguoi"),
        names={line.id: line.name for line in table.lines} if table else {},
    )  # fmt: skip


def _table(event: Event, plan: Plan | None, shown: Preview | None, search: str, result: str) -> Table | None:
    if plan is None or shown is None:
        return None
    return previewed(event, plan, shown, search=search, result=result)


def _saying(plan: Plan | None, shown: Preview | None, form: AllocatingForm | None, about: int | None) -> SayForm | None:
    """The form about one applicant: as it was refused, or filled with what is said of him already."""
    if plan is None or shown is None or about not in shown.applicants:
        return None
    if isinstance(form, SayForm):
        form.version.data = plan.version
        return form
    said = next((one for one in plan.said if one.registration_id == about), None)
    known = {"word": str(said.word), "reason": said.reason} if said else {}
    return SayForm(formdata=None, data={"version": plan.version, **known})
