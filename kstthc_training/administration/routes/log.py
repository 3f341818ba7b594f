"""The audit log."""

from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.fact_words import fact_words
from kstthc_training.administration.forms import LogForm
from kstthc_training.administration.office_fields import LABELS
from kstthc_training.administration.queries.log import LogFilter, authors, log_page
from kstthc_training.administration.queries.log_names import Names, names_of
from kstthc_training.administration.reminding import LABELS as REMINDING
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.administration.words import ACTIONS, folded_actions, subject_words
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import action_words, author_words
from kstthc_training.people.policy import administers
from kstthc_training.people.readings import note_reading
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.locale import named
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before


@bp.get("/quan-tri/nhat-ky")
@access(administers)
def log() -> ResponseReturnValue:
    """The audit log, newest first, by person, act and days."""
    note_reading("log.read", subject_type="log")
    form = LogForm(request.args, meta={"csrf": False})
    is_readable = form.validate()
    wanted = _filter(form)
    found = log_page(wanted, labels=folded_actions(), offset=rows_before(), limit=ROWS)
    names = names_of(found.entries, named=named)
    return page(
        "administration/log.html",
        fragments=("danh_sach",),
        tabs=tabs(),
        form=form,
        rows=[_row(entry, names) for entry in found.entries],
        matching=found.matching,
        total=found.total,
        pager=pager(shown=len(found.entries), total=found.matching),
        group=request.args.get("nhom", ""),
        author=wanted.account_id,
        words=wanted.words,
        group_options=[("", _("Mọi việc")), *((key, label) for key, (label, _acts) in ACTIONS.items())],
        author_options=[("", _("Mọi người")), *((row.id, row.full_name) for row in authors(also=wanted.account_id))],
        status=200 if is_readable else 422,
    )


def _filter(form: LogForm) -> LogFilter:
    group = ACTIONS.get(request.args.get("nhom", ""))
    first, last = _day(form.tu.data), _day(form.den.data)
    return LogFilter(
        actions=set(group[1]) if group else None,
        account_id=asked_number("nguoi"),
        since=clock.day_bounds(first, first)[0] if first else None,
        until=clock.day_bounds(last, last)[1] if last else None,
        words=asked_words(),
    )


def _day(value: date | None) -> date | None:
    return value if value is None or value < date.max - timedelta(days=2) else None


def _row(entry: AuditEntry, names: Names) -> dict[str, object]:
    return {
        "entry": entry,
        "at": f"{clock.local(entry.at):%H:%M:%S %d/%m/%Y}",
        "actor": author_words(entry.actor_name),
        "action": action_words(entry.action),
        "subject": _subject(entry, names),
        "facts": fact_words(entry, names),
    }


def _subject(entry: AuditEntry, names: Names) -> str:
    if entry.subject_type == "setting":
        name = entry.facts.get("name", "")
        return str({**LABELS, **REMINDING}.get(name, name))
    if entry.subject_id is None:
        return ""
    return subject_words(entry.subject_type, entry.subject_id, names.get((entry.subject_type, entry.subject_id)))
