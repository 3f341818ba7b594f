"""Cài đặt › Nhắc việc: quiet hours, and when people are reminded where an event does not say otherwise."""

from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.office_fields import settings_nav
from kstthc_training.administration.reminding import NAMES, RemindingForm, history, in_force
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers
from kstthc_training.refusals import Stale
from kstthc_training.reminders.words import OFFERED_DAYS, span_words
from kstthc_training.settings import service
from kstthc_training.settings.queries import state_of, values_on
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/quan-tri/cai-dat/nhac-viec")
@access(administers)
def reminding() -> ResponseReturnValue:
    """What holds today, and what held or will hold on other days."""
    form, today = RemindingForm(formdata=None), clock.local_date(clock.now())
    form.show(in_force(history(), today))
    form.valid_from.data, form.seen.data = today, state_of(NAMES)
    return _page(form)


@bp.post("/quan-tri/cai-dat/nhac-viec")
@access(administers)
def set_reminding() -> ResponseReturnValue:
    """Let other values hold from a day on."""
    form = RemindingForm()
    if form.validate() and form.valid_from.data:
        day, known = form.valid_from.data, values_on(form.valid_from.data)
        changed = {name: value for name, value in form.values().items() if known.get(name) != value}
        try:
            with unit_of_work():
                service.set_values(
                    actor=me(), group=NAMES, seen=form.seen.data or "", values=changed, valid_from=day, now=clock.now()
                )
        except Stale as refusal:
            form.refuse(refusal)
            form.seen.data = refusal.facts["saved_version"]
            return _page(form, status=409)
        note_success(_("Đã ghi. Các lần nhắc từ ngày ấy theo giá trị mới."))
        return see_other(url_for(".reminding"))
    return _page(form, status=422)


def _page(form: RemindingForm, *, status: int = 200) -> Response:
    today, found = clock.local_date(clock.now()), history()
    return page(
        "administration/reminding.html",
        tabs=tabs(),
        groups=settings_nav("nhac-viec"),
        form=form,
        rows=[_row(each, in_force(found, today) is each) for each in found],
        status=status,
    )


def _row(each: Any, holds: bool) -> dict[str, Any]:
    return {
        "since": each.since,
        "holds": holds,
        "hours": f"{each.quiet.begins:%H:%M} – {each.quiet.ends:%H:%M}" if each.quiet.begins != each.quiet.ends else "–",
        "days_off": each.quiet.days_off,
        "minutes": ", ".join(span_words(minutes) for minutes in each.rules.minutes_before),
        "days": ", ".join(_lowered(str(OFFERED_DAYS.get(days, days))) for days in each.rules.names_days),
    }


def _lowered(words: str) -> str:
    """Words as they stand in the middle of a line."""
    return words[:1].lower() + words[1:]
