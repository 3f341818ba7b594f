"""What the desk points out about an event before it is saved or released; none of it forbids anything."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock, working_days
from kstthc_training.events import lead_time
from kstthc_training.events.conflicts import Conflict, ConflictKind, conflicts_of
from kstthc_training.events.drafts import AgendaItemDraft, EventDraft
from kstthc_training.web.locale import day, moment, span, weekday


@dataclass(frozen=True)
class Advice:
    """A sentence, perhaps about another event that `link` opens under its title."""

    text: str
    link: str = ""
    title: str = ""


def advice_on(draft: EventDraft, *, event_id: int | None, released: bool, now: datetime) -> list[Advice]:
    """Conflicts with other events, a room too small, a programme past the end, too little time to tell people."""
    found = [_conflict(conflict) for conflict in conflicts_of(draft, event_id=event_id)]
    found += [
        Advice(_("Mục “%(title)s” lúc %(when)s bắt đầu khi ngày họp đã hết.", title=line.title, when=moment(line.starts_at)))
        for line in draft.agenda
        if _is_after_hours(line, draft)
    ]
    if draft.sessions and not released:
        found += lateness(clock.local_date(draft.sessions[0].starts_at), clock.local_date(now))
    return found


def lateness(held_on: date, today: date) -> list[Advice]:
    """That an event of that day is past, or that people would be told of it late (QĐ 45/2018/QĐ-TTg)."""
    if held_on < today:
        return [Advice(_("Ngày họp %(day)s đã qua.", day=day(held_on)))]
    left = lead_time.working_days_between(today, held_on)
    if left >= lead_time.LEAST_WORKING_DAYS:
        return []
    known = ngettext("Chỉ còn %(num)d ngày làm việc.", "Chỉ còn %(num)d ngày làm việc.", left)
    rule = _(
        "Giấy mời gửi trước ít nhất 3 ngày làm việc, trừ họp đột xuất (Quyết định 45/2018/QĐ-TTg). "
        "Số ngày ở đây đã trừ thứ Bảy, Chủ nhật và ngày lễ."
    )
    return [Advice(f"{known} {rule}")]


def suggested_closing(draft: EventDraft) -> str:
    """When registration usually closes: five in the afternoon of the working day before."""
    if not draft.sessions:
        return ""
    last = working_days.previous_working_day(clock.local_date(draft.sessions[0].starts_at))
    return str(_("Thường là 17:00 %(weekday)s, %(day)s.", weekday=weekday(last), day=day(last)))


def _is_after_hours(line: AgendaItemDraft, draft: EventDraft) -> bool:
    on = clock.local_date(line.starts_at)
    ends = [session.ends_at for session in draft.sessions if clock.local_date(session.starts_at) == on]
    return bool(ends) and line.starts_at >= max(ends)


def _conflict(conflict: Conflict) -> Advice:
    if conflict.kind is ConflictKind.VENUE_TOO_SMALL:
        words = _(
            "%(room)s chỉ có %(places)s chỗ, ít hơn số chỗ của cuộc họp.", room=conflict.subject, places=conflict.places
        )
        return Advice(words)
    assert conflict.starts_at and conflict.ends_at  # noqa: S101 - only a venue's size has no time
    when = span(conflict.starts_at, conflict.ends_at)
    words = (
        _("Trùng địa điểm %(subject)s (%(when)s) với", subject=conflict.subject, when=when)
        if conflict.kind is ConflictKind.VENUE_TAKEN
        else _("%(subject)s chủ trì ở hai nơi cùng lúc (%(when)s):", subject=conflict.subject, when=when)
    )
    return Advice(words, url_for("desk.overview", code=conflict.code), conflict.title)
