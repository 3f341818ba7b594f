"""Hộp thư đi: what is held, waits, went, was refused or came back."""

from datetime import datetime
from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.events.models import Event
from kstthc_training.mailroom.enums import Group
from kstthc_training.mailroom.policy import may_let_go
from kstthc_training.mailroom.queries import Figures, LetterRow, figures, held_events, letter_events, letters
from kstthc_training.mailroom.routes.blueprint import bp
from kstthc_training.mailroom.words import GROUPS, STATES, why
from kstthc_training.messages.policy import letters_seen_by
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.pace import Pace
from kstthc_training.outbox.queries import find_hold, workers
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers, runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.locale import figure, hour, short_day
from kstthc_training.web.pages import page
from kstthc_training.web.paging import PAGE_NAME, ROWS, pager, rows_before


@bp.get("/thu-di")
@access(runs_events)
def outgoing() -> ResponseReturnValue:
    """The letters, those that wait for somebody first, narrowed by `trang-thai`, `cuoc` and `q`."""
    note_reading("letters.read", subject_type="message")
    now, actor, seen = clock.now(), me(), letters_seen_by(me())
    today = clock.local_date(now)
    group, words, day = _group(), asked_words(), clock.day_bounds(today, today)
    events, hold = letter_events(), find_hold()
    event = next((each for each in events if each.code == request.args.get("cuoc")), None)
    rows, total = letters(
        seen=seen, group=group, event_id=event.id if event else None, words=words, day=day, offset=rows_before(), limit=ROWS
    )
    found = figures(seen=seen, day=day)
    ends = _pace().ends(found.waiting, now=now)
    return page(
        "mailroom/letters.html",
        fragments=("danh_sach",),
        rows=[(row, _tag(row, now), _at(row, now), row_act(row)) for row in rows],
        pager=pager(shown=len(rows), total=total),
        words=words,
        group=group.value if group else "",
        groups=GROUPS,
        events=events,
        event=event,
        filters=filters(),
        figures=_figures(found, group, event, ends, now),
        pace_words=_pace_words(found, ends, now),
        hold=hold,
        may_let_go=hold is None or may_let_go(actor, hold),
        held_events=held_events(),
        line_troubles=[why(each.line_trouble) for each in workers() if each.line_trouble],
        goes_to_files=goes_to_files(),
        administers=administers(actor),
    )


def filters() -> dict[str, Any]:
    """What narrows the list, as it stands in the address."""
    return {name: value for name in ("trang-thai", "cuoc", "q", PAGE_NAME) if (value := request.args.get(name))}


def goes_to_files() -> bool:
    """Whether no mail server is set, so that letters are read here, with the links for their readers."""
    return not current_app.config["SETTINGS"].smtp_host


def row_act(row: LetterRow) -> str:
    """What the button of a row is called; '' for one that needs nothing."""
    if row.state in (MessageState.FAILED, MessageState.BOUNCED):
        return _("Sửa")
    return _("Mở") if row.state is MessageState.HELD or row.is_held else ""


def _group() -> Group | None:
    wanted = request.args.get("trang-thai", "")
    return Group(wanted) if wanted in set(Group) else None


def _pace() -> Pace:
    return Pace.of(current_app.config["SETTINGS"])


def _tag(row: LetterRow, now: datetime) -> tuple[str, str]:
    label, tone = STATES[row.state]
    if row.state is not MessageState.WAITING:
        return str(label), tone
    if row.is_held:
        return str(STATES[MessageState.HELD][0]), "warn"
    if row.run_at > now:
        when = _at(row, now)
        return (_("Thử lại %(at)s", at=when) if row.tries else _("Hẹn %(at)s", at=when)), tone
    return str(label), tone


def _at(row: LetterRow, now: datetime) -> str:
    """When it went, or is to go; of another day with its day."""
    at = row.sent_at or (row.run_at if row.state is MessageState.WAITING else row.created_at)
    return hour(at) if clock.local_date(at) == clock.local_date(now) else f"{short_day(at)} {hour(at)}"


def _figures(
    found: Figures, current: Group | None, event: Event | None, ends: datetime, now: datetime
) -> list[dict[str, Any]]:
    """The counts, each leading to the letters that it counts; pressed again it leads back to all."""
    waiting = sum(found.waiting.values())
    tried = found.sent_today + found.refused_today
    share = _("%(share)s%% máy chủ nhận", share=figure(100 * found.sent_today // tried)) if tried else ""
    shown: tuple[tuple[Group, int, str, str], ...] = (
        (Group.HELD, found.held, _("chờ cho đi") if found.held else "", "warn"),
        (Group.WAITING, waiting, _("đến %(at)s", at=_until(ends, now)) if waiting else "", ""),
        (Group.TODAY, found.sent_today, share, ""),
        (Group.REFUSED, found.refused, _("máy chủ không nhận") if found.refused else "", "bad"),
        (Group.BOUNCED, found.bounced, _("cần sửa địa chỉ") if found.bounced else "", "bad"),
    )
    return [
        {
            "label": GROUPS[group], "count": count, "detail": detail, "tone": tone if count else "",
            "current": group is current, "href": _address(None if group is current else group, event),
        }
        for group, count, detail, tone in shown
    ]  # fmt: skip


def _address(group: Group | None, event: Event | None) -> str:
    query: dict[str, Any] = {"trang-thai": group.value if group else None, "cuoc": event.code if event else None}
    return url_for("mailroom.outgoing", **query)


def _until(ends: datetime, now: datetime) -> str:
    return hour(ends) if clock.local_date(ends) == clock.local_date(now) else f"{hour(ends)} {short_day(ends)}"


def _pace_words(found: Figures, ends: datetime, now: datetime) -> str:
    """How fast letters go, and when all that wait are on their way."""
    pace = _pace()
    parts = []
    if pace.in_all:
        parts.append(_("Gửi %(count)s thư/phút", count=figure(pace.in_all)))
    if pace.to_host:
        parts.append(_("tới mỗi máy chủ %(count)s thư/phút", count=figure(pace.to_host)))
    if found.waiting:
        parts.append(_("dự kiến xong lúc %(at)s", at=_until(ends, now)))
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]
