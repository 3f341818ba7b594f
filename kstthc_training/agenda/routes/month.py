"""Tháng: a grid of the whole month; on the phone dots, and the chosen day's list below."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.agenda import calendar, queries
from kstthc_training.agenda.filters import address, wanted_by_address, with_kind
from kstthc_training.agenda.routes.blueprint import bp
from kstthc_training.agenda.routes.days import day_of
from kstthc_training.agenda.words import Reader, Shown, shown
from kstthc_training.events.choices import event_kinds
from kstthc_training.people.identity import me
from kstthc_training.registrations.queries import belonging_to
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.pages import page

IN_A_CELL = 3


@bp.get("/lich/<int:year>/<int:month>")
@access(signed_in)
def month(year: int, month: int) -> ResponseReturnValue:
    """The month, with up to three entries a day and the way to the rest."""
    first = day_of(year, month, 1)
    now, actor = clock.now(), me()
    reader = Reader(actor, belonging_to(actor.organisation_id))
    today = clock.local_date(now)
    kinds = event_kinds()
    wanted = wanted_by_address(kinds)
    grid_first, grid_last = calendar.grid_bounds(first)
    marks = queries.marks_between(actor=actor, wanted=wanted, first=grid_first, last=grid_last)
    counts = Counter(mark.day for mark in marks)
    chosen = _chosen(first, today)
    days: dict[date, list[Shown]] = defaultdict(list)
    for entry in queries.entries_of(actor=actor, session_ids=_shown_of(marks, first, chosen)):
        days[entry.day].append(shown(entry, reader=reader, now=now))
    return page(
        "agenda/month.html",
        first=first,
        today=today,
        chosen=chosen,
        days=dict(days),
        in_a_cell=IN_A_CELL,
        grid=calendar.month_grid(first, today=today, counts=counts),
        events=len({mark.event_id for mark in marks if mark.day.month == first.month}),
        previous_href=_to_month(calendar.month_before(first), wanted),
        next_href=_to_month(calendar.month_after(first), wanted),
        today_href=_to_month(today, wanted),
        agenda_href=address("agenda.day", wanted, year=first.year, month=first.month, day=chosen.day),
        to_day=cache(lambda d: address("agenda.day", wanted, year=d.year, month=d.month, day=d.day)),
        wanted=wanted,
        kinds=kinds,
        with_kind=lambda code: with_kind("agenda.month", wanted, code, year=first.year, month=first.month),
    )


def _shown_of(marks: Iterable[queries.Mark], first: date, chosen: date) -> list[int]:
    """The sessions that have a place on the page: the first of each day of the month, and all of the chosen day."""
    placed: Counter[date] = Counter()
    session_ids = []
    for mark in marks:
        placed[mark.day] += mark.day.month == first.month
        if 0 < placed[mark.day] <= IN_A_CELL or mark.day == chosen:
            session_ids.append(mark.session_id)
    return session_ids


def _to_month(day: date, wanted: queries.Wanted) -> str:
    return address("agenda.month", wanted, year=day.year, month=day.month)


def _chosen(first: date, today: date) -> date:
    wanted = asked_number("ngay")
    last = calendar.month_bounds(first)[1]
    if wanted and 1 <= wanted <= last.day:
        return first.replace(day=wanted)
    return today if (today.year, today.month) == (first.year, first.month) else first
