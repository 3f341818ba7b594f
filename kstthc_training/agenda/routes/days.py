"""Chương trình: what is on from a day on, with the month beside it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.agenda import calendar, queries
from kstthc_training.agenda.filters import address, feed_of, wanted_by_address, with_kind
from kstthc_training.agenda.queries import Scope, Wanted
from kstthc_training.agenda.routes.blueprint import bp
from kstthc_training.agenda.words import Reader, Shown, shown
from kstthc_training.events.choices import event_kinds, venues
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.registrations.queries import belonging_to
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.pages import page


@bp.get("/")
@access(signed_in)
def home() -> ResponseReturnValue:
    """The bare address leads to the agenda."""
    return see_other(url_for("agenda.index"))


@bp.get("/lich")
@access(signed_in)
def index() -> ResponseReturnValue:
    """The agenda from today on."""
    return _agenda_page(clock.local_date(clock.now()))


@bp.get("/lich/<int:year>/<int:month>/<int:day>")
@access(signed_in)
def day(year: int, month: int, day: int) -> ResponseReturnValue:
    """The agenda from a day on."""
    return _agenda_page(day_of(year, month, day))


def day_of(year: int, month: int, day: int) -> date:
    """The day of an address; 404 when the calendar has none such."""
    try:
        wanted = date(year, month, day)
    except ValueError:
        abort(404)
    if not 2000 <= wanted.year <= 2100:
        abort(404)
    return wanted


def _agenda_page(first: date) -> ResponseReturnValue:
    now, actor = clock.now(), me()
    reader = Reader(actor, belonging_to(actor.organisation_id))
    today = clock.local_date(now)
    kinds = event_kinds()
    wanted = wanted_by_address(kinds)
    agenda = queries.agenda_from(actor=actor, wanted=wanted, first=first)
    grid_first, grid_last = calendar.grid_bounds(first)
    counts = queries.days_with_events(actor=actor, wanted=wanted, first=grid_first, last=grid_last)
    return page(
        "agenda/index.html",
        fragments=("agenda",),
        first=first,
        today=today,
        days=_by_day([shown(entry, reader=reader, now=now) for entry in agenda.entries]),
        next_href=_next_href(agenda.next_day, wanted),
        grid=calendar.month_grid(first, today=today, counts=counts),
        week=calendar.week_of(first, today=today, counts=counts),
        counts=counts,
        previous_month=calendar.month_before(first),
        next_month=calendar.month_after(first),
        to_day=cache(lambda d: address("agenda.day", wanted, year=d.year, month=d.month, day=d.day)),
        to_month=lambda d: address("agenda.month", wanted, year=d.year, month=d.month),
        with_kind=lambda code: with_kind("agenda.day", wanted, code, year=first.year, month=first.month, day=first.day),
        wanted=wanted,
        host=_host_chip(wanted, first),
        feed_of_filter=feed_of(wanted, kinds),
        kinds=kinds,
        venues=venues(),
        soon=queries.soon(actor=actor, now=now),
        held=queries.held_in_month(actor=actor, day=first, now=now),
        scopes=tuple(Scope),
        runs_events=runs_events(actor),
    )


def _host_chip(wanted: Wanted, first: date) -> tuple[str, str] | None:
    """The host whose events alone are shown, and the address of the page without that; None when all are."""
    if wanted.host_id is None:
        return None
    name = names_as_of([wanted.host_id], first).get(wanted.host_id, "")
    alone = replace(wanted, host_id=None)
    return name, address("agenda.day", alone, year=first.year, month=first.month, day=first.day)


def _next_href(next_day: date | None, wanted: Wanted) -> str | None:
    if next_day is None:
        return None
    return address("agenda.day", wanted, year=next_day.year, month=next_day.month, day=next_day.day)


def _by_day(entries: Sequence[Shown]) -> dict[date, list[Shown]]:
    days: dict[date, list[Shown]] = defaultdict(list)
    for one in entries:
        days[one.entry.day].append(one)
    return dict(days)
