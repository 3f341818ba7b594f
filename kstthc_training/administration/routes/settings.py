"""What the office is called and who signs, each from a day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.administration.forms import ValuesForm
from kstthc_training.administration.office_fields import GROUPS, HINTS, LABELS, Group, find_group, settings_nav, values_form
from kstthc_training.administration.queries.settings import Period, history, latest_change
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.audit.words import author_words
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers
from kstthc_training.refusals import Stale, Unknown
from kstthc_training.settings import service
from kstthc_training.settings.queries import state_of
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@bp.get("/quan-tri/cai-dat")
@access(administers)
def settings() -> ResponseReturnValue:
    """Settings begin at their first group."""
    return see_other(url_for("administration.settings_group", path=GROUPS[0].path))


@bp.get("/quan-tri/cai-dat/<path>")
@access(administers)
def settings_group(path: str) -> ResponseReturnValue:
    """One group of settings, as they hold today."""
    group, today = _group(path), clock.local_date(clock.now())
    form = values_form(group)()
    form.valid_from.data, form.seen.data = today, state_of(group.names)
    for name, value in _in_force(history(group.names)).items():
        form[name].data = value
    return _settings_page(group, form)


@bp.post("/quan-tri/cai-dat/<path>")
@access(administers)
def set_values(path: str) -> ResponseReturnValue:
    """Change the settings of a group from a day on."""
    group = _group(path)
    form = values_form(group)()
    if form.validate() and form.valid_from.data:
        try:
            changed = _set_changed(group, form, form.valid_from.data)
        except Stale as refusal:
            form.refuse(refusal)
            form.seen.data = refusal.facts["saved_version"]
            return _settings_page(group, form, saved=_differences(group, form, form.valid_from.data), status=409)
        else:
            if changed:
                note_success(ngettext("Đã ghi %(num)d giá trị mới.", "Đã ghi %(num)d giá trị mới.", changed))
                return see_other(url_for("administration.settings_group", path=path))
            form.form_errors.append(_("Các giá trị này đã có hiệu lực vào ngày ấy; không có gì để ghi."))
    return _settings_page(group, form, status=422)


def _group(path: str) -> Group:
    group = find_group(path)
    if group is None:
        raise Unknown(path=path)
    return group


def _set_changed(group: Group, form: ValuesForm, day: date) -> int:
    """Set what differs from what holds on `day` already; the answer is how many values that were."""
    with unit_of_work():
        holding = _holding(group, day)
        changed = {name: form[name].data for name in group.names if form[name].data != holding[name]}
        service.set_values(
            actor=me(), group=group.names, seen=form.seen.data or "", values=changed, valid_from=day, now=clock.now()
        )
    return len(changed)


def _holding(group: Group, day: date) -> Mapping[str, str]:
    return next(period for period in history(group.names) if period.holds_on(day)).values


def _differences(group: Group, form: ValuesForm, day: date) -> list[tuple[Any, str, str]]:
    """Label, what is saved now for `day`, what was typed; where they differ."""
    holding = _holding(group, day)
    return [(LABELS[name], holding[name], form[name].data) for name in group.names if form[name].data != holding[name]]


def _in_force(periods: list[Period]) -> dict[str, str]:
    today = clock.local_date(clock.now())
    return dict(next(period for period in periods if period.holds_on(today)).values)


def _settings_page(group: Group, form: ValuesForm, *, saved: Any = (), status: int = 200) -> Response:
    # Importing the kit of papers brings the libraries that make them, which no other page needs.
    from kstthc_training.paper.wording import date_in_words

    today, periods = clock.local_date(clock.now()), history(group.names)
    latest = latest_change()
    return page(
        "administration/settings.html",
        tabs=tabs(),
        group=group,
        groups=settings_nav(group.path),
        form=form,
        saved=saved,
        labels=LABELS,
        hints=HINTS,
        periods=[(period, _state(period)) for period in periods],
        preview=_in_force(history(GROUPS[0].names)),
        today=today,
        paper_day=date_in_words(today),
        latest=latest,
        latest_by=author_words(latest.actor_name) if latest else "",
        status=status,
    )


def _state(period: Period) -> tuple[str, str]:
    today = clock.local_date(clock.now())
    if period.holds_on(today):
        return _("Đang dùng"), "ok"
    if period.since is not None and period.since > today:
        return _("Sắp tới"), "info"
    return _("Đã hết"), ""
