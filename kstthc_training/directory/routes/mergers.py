"""Mergers: who continues whom is chosen, looked at, carried out in one act, and undone with one press."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.directory import queries
from kstthc_training.directory.enums import ActKind
from kstthc_training.directory.errors import AlreadyUndone, RowChanged, TooLateToUndo, UndoContradicted
from kstthc_training.directory.forms import MergerForm
from kstthc_training.directory.merger_words import contradiction_words
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.directory.merging.plan import MergerPlan, plan_merger
from kstthc_training.directory.queries import PlacesWanted
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.service import mergers
from kstthc_training.directory.service.acts import MAY_BE_UNDONE, is_open
from kstthc_training.directory.wording import where_words
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import get_organisations
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory
from kstthc_training.refusals import NotAllowed, Refusal, Unknown
from kstthc_training.text import whole_number
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words, given_numbers
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

MOST_FOUND = 20
MOST_PARTIES = 60


@bp.get("/sap-nhap")
@access(keeps_directory)
def mergers_list() -> ResponseReturnValue:
    """Mergers carried out, the latest first."""
    rows, total = queries.acts_found(ActKind.MERGER, limit=ROWS, offset=rows_before())
    return page(
        "directory/mergers.html",
        rows=rows,
        pager=pager(shown=len(rows), total=total),
        may_be_undone=partial(is_open, now=clock.now()),
    )


@bp.get("/sap-nhap/moi")
@access(keeps_directory)
def new_merger() -> ResponseReturnValue:
    """Who merges into whom, found by words; with a day, what would happen."""
    before, after = _chosen()
    if not request.args.get("effective_on"):
        return _page(MergerForm(formdata=None), before, after)
    form = MergerForm(request.args, meta={"csrf": False})
    return _shown(form, before, after, status=200)


@bp.post("/sap-nhap/moi")
@access(keeps_directory)
def carry_out() -> ResponseReturnValue:
    """Carry the merger out as it was looked at, or show why not."""
    form, (before, after) = MergerForm(), _chosen()
    if form.validate():
        try:
            with unit_of_work():
                act = mergers.merge(actor=me(), merger=_merger(form, before, after), now=clock.now())
                act_id = act.id
        except (Unknown, NotAllowed):
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            undo = url_for("directory.undo_merger", act_id=act_id)
            note_success(_("Đã sáp nhập."), undo_action=undo)
            return see_other(url_for("directory.merger", act_id=act_id))
    return _shown(form, before, after, status=422)


@bp.get("/sap-nhap/<int:act_id>")
@access(keeps_directory)
def merger(act_id: int) -> ResponseReturnValue:
    """What one merger did, and until when it can be undone."""
    return _act_page(act_id)


@bp.post("/sap-nhap/<int:act_id>/hoan-tac")
@access(keeps_directory)
def undo_merger(act_id: int) -> ResponseReturnValue:
    """Take a merger back whole, or say what came after it."""
    against: list[str] = []
    try:
        with unit_of_work():
            mergers.undo(actor=me(), act_id=act_id, now=clock.now())
    except AlreadyUndone:
        note_success(_("Việc sáp nhập này đã được hoàn tác."))
    except TooLateToUndo:
        note_problem(_("Đã quá 30 ngày nên không hoàn tác được. Hãy sửa từng nơi."))
    except UndoContradicted as refusal:
        against = contradiction_words(refusal.facts["contradictions"])
    except RowChanged:
        note_problem(_("Danh bạ vừa thay đổi nên chưa hoàn tác gì. Xem lại rồi bấm lần nữa."))
    else:
        note_success(_("Đã hoàn tác: mọi dòng như trước khi sáp nhập."))
    if against:
        return _act_page(act_id, against=against, status=422)
    return see_other(url_for("directory.merger", act_id=act_id))


def _act_page(act_id: int, *, against: Any = (), status: int = 200) -> Response:
    act, author = queries.get_act(act_id, ActKind.MERGER)
    facts: Any = act.facts
    sides = facts["predecessor_ids"], facts["successor_ids"]
    named = [[(each.id, each.name) for each in get_organisations(ids)] for ids in sides]
    return page(
        "directory/merger.html", act=act, facts=facts, author=author, effective_on=date.fromisoformat(facts["effective_on"]),
        before=named[0], after=named[1], against=against,
        until=act.done_at + MAY_BE_UNDONE, is_open=is_open(act, clock.now()), status=status,
    )  # fmt: skip


def _chosen() -> tuple[list[int], list[int]]:
    """Predecessors and successors of the address or form, in the order of choosing, without those just taken off."""
    off = asked_number("bo")
    sides = [dict.fromkeys([*given_numbers(name), *given_numbers(f"them_{name}")]) for name in ("tu", "vao")]
    before, after = ([each for each in side if each != off][:MOST_PARTIES] for side in sides)
    return before, after


def _merger(form: MergerForm, before: list[int], after: list[int]) -> Merger:
    looked_at = bool(request.form.get("da_xem"))
    return Merger(
        predecessor_ids=tuple(before),
        successor_ids=tuple(after),
        effective_on=form.effective_on.data or clock.local_date(clock.now()),
        legal_basis=form.legal_basis.data or "",
        ends=form.ends.data != "con",
        people=_destinations(request.form, after),
        focal_accounts=frozenset(given_numbers("dau_moi")) if looked_at else None,
        groups_left=frozenset(_numbered(request.form, "nhom-", "lai")),
    )


def _destinations(values: Mapping[str, str], after: list[int]) -> dict[int, int]:
    chosen = {
        whole_number(name.removeprefix("nguoi-")): whole_number(values[name]) for name in values if name[:6] == "nguoi-"
    }
    return {person: where for person, where in chosen.items() if person and where and where in after}


def _numbered(values: Mapping[str, str], prefix: str, wanted: str) -> set[int]:
    return {
        n
        for name in values
        if name.startswith(prefix) and values[name] == wanted and (n := whole_number(name[len(prefix) :]))
    }


def _shown(form: MergerForm, before: list[int], after: list[int], *, status: int) -> Response:
    """The page with what would happen; without it, and with why, when it may not."""
    plan = None
    if (form.errors and status != 200) or form.validate():
        try:
            plan = plan_merger(_merger(form, before, after), now=clock.now()) if form.effective_on.data else None
        except Unknown:
            raise
        except Refusal as refusal:
            if not form.form_errors:
                form.refuse(refusal)
    return _page(form, before, after, plan=plan, status=422 if form.errors else status)


def _page(
    form: MergerForm, before: list[int], after: list[int], *, plan: MergerPlan | None = None, status: int = 200
) -> Response:
    search = asked_words()
    today = clock.local_date(clock.now())
    found = queries.places_found(PlacesWanted(on=today, search=search, ended=True), limit=MOST_FOUND) if search else []
    parties = [_party(each) for each in get_organisations([*before, *after])]
    return page(
        "directory/merger_new.html",
        form=form,
        before=parties[: len(before)],
        after=parties[len(before) :],
        search=search,
        found=[_party(row.organisation) for row in found if row.organisation.id not in {*before, *after}],
        plan=plan,
        names={each["id"]: each["name"] for each in parties},
        chosen=_destinations(request.form, after),
        by_person=plan is not None and (len(after) > 1 or not plan.merger.ends),
        status=status,
    )


def _party(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "where": where_words(organisation),
        "ended": organisation.valid_to,
        "begins": organisation.valid_from,
    }
