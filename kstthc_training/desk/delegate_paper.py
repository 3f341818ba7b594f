"""The list of delegates as it stands on the paper; in Vietnamese, as official papers are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from kstthc_training import clock
from kstthc_training.desk.delegates import BY_ORGANISATION, Listed, Section, Wanted
from kstthc_training.events.enums import EventMode
from kstthc_training.events.models import Event
from kstthc_training.paper.delegate_list import DelegateList, ListColumn, ListPart, ListRow, delegate_list
from kstthc_training.paper.letterhead import Letterhead
from kstthc_training.paper.wording import date_in_words, weekday
from kstthc_training.people.actors import Actor
from kstthc_training.people.phones import phone_for
from kstthc_training.registrations.enums import Credential, Place, RegistrationState
from kstthc_training.registrations.queries.delegates import Delegate
from kstthc_training.settings.queries import Office, office_on

_BLANK_ROWS = 5  # for who comes without being on the list
_MOST_SESSIONS = 4  # more than these share one column to sign in
_NOON = 12
_CREDENTIALS = {Credential.PRESS_CARD: "Thẻ nhà báo", Credential.INTRODUCTION: "Giấy giới thiệu"}
_STATES = {
    RegistrationState.PENDING: "Chờ duyệt", RegistrationState.WAITING: "Chờ chỗ", RegistrationState.OFFERED: "Giữ chỗ",
}  # fmt: skip
_POST, _BODY, _PHONE = "Chức vụ", "Đơn vị công tác", "Số điện thoại"
_FOR_PRESS = {_POST: "Chức danh", _BODY: "Cơ quan báo chí", _PHONE: "Số thẻ nhà báo/ giấy giới thiệu"}
_OFFICIALS, _PRESS = "ĐẠI BIỂU CÁC CƠ QUAN, ĐƠN VỊ", "PHÓNG VIÊN, BIÊN TẬP VIÊN CÁC CƠ QUAN BÁO CHÍ"


@dataclass(frozen=True)
class _Printed:
    """How the list is printed: what was chosen, the columns, and for whose eyes."""

    wanted: Wanted
    columns: tuple[ListColumn, ...]
    actor: Actor


def delegate_pdf(event: Event, listed: Listed, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    """The list as PDF under the letterhead of the day of the event, with the two who answer for it at its foot."""
    held_on = clock.local_date(event.starts_at)
    office = office_on(held_on)
    columns = _columns(wanted, _signed_heads(event) if wanted.is_signed else ())
    return delegate_list(
        DelegateList(
            head=Letterhead(office.parent_agency, office.agency, office.name, office.place),
            title="Danh sách đại biểu ký nhận" if wanted.is_signed else "Danh sách đại biểu",
            subject=event.title,
            occasion=_occasion(event, wanted),
            columns=columns,
            parts=_parts(listed, _Printed(wanted, columns, actor)),
            foot=_foot(listed, wanted),
            dated=_dated(event, office, wanted, now),
            left=("Người lập", actor.display_name),
            right=("Xác nhận của đơn vị tổ chức", "" if event.host_id else office.signer_name),
            signed=wanted.is_signed,
        )
    )


def _occasion(event: Event, wanted: Wanted) -> tuple[str, ...]:
    first, last = clock.local(event.starts_at), clock.local(event.ends_at)
    when = f"từ {first:%H} giờ {first:%M} phút, {weekday(first.date())}, {date_in_words(first.date())}"
    if first.date() != last.date():
        when += f" đến {date_in_words(last.date())}"
    room = ", ".join(filter(None, (event.venue.name, event.venue.address))) if event.venue else ""
    online = event.mode is EventMode.ONLINE or wanted.place is Place.ONLINE
    where = "trực tuyến" if online else room
    return (f"Thời gian: {when}", f"Địa điểm: {where}") if where else (f"Thời gian: {when}",)


def _signed_heads(event: Event) -> tuple[str, ...]:
    starts = [clock.local(session.starts_at) for session in event.sessions]
    if not 1 < len(starts) <= _MOST_SESSIONS:
        return ("",)
    halves = ["Sáng" if at.hour < _NOON else "Chiều" for at in starts]
    if len({at.date() for at in starts}) == 1 and len(set(halves)) == len(halves):
        return tuple(halves)
    return tuple(f"{half} {at:%d/%m}" for half, at in zip(halves, starts, strict=True))


def _columns(wanted: Wanted, signed: Sequence[str]) -> tuple[ListColumn, ...]:
    body = () if wanted.order == BY_ORGANISATION else (ListColumn(_BODY, 54),)
    first, last = ListColumn("STT", 12), ListColumn("Ghi chú", 22)
    if not wanted.is_signed:
        wide = 48 if body else 60
        return first, ListColumn("Họ và tên", wide), ListColumn(_POST, wide), *body, last
    heads = [ListColumn(head, 21, "Ký tên") if head else ListColumn("Ký tên", 36) for head in signed]
    return first, ListColumn("Họ và tên", 48), ListColumn(_POST, 42), *body, ListColumn(_PHONE, 30), *heads, last


def _parts(listed: Listed, printed: _Printed) -> list[ListPart]:
    both = bool(listed.officials and listed.press)
    parts = []
    if listed.officials:
        parts.append(ListPart(f"I. {_OFFICIALS}" if both else "", _rows(listed.officials, printed, is_press=False)))
    if listed.press:
        heads = {str(n): _FOR_PRESS[c.title] for n, c in enumerate(printed.columns) if c.title in _FOR_PRESS}
        parts.append(ListPart(f"II. {_PRESS}" if both else _PRESS, _rows(listed.press, printed, is_press=True), heads))
    return parts


def _rows(sections: Sequence[Section], printed: _Printed, *, is_press: bool) -> tuple[ListRow, ...]:
    rows: list[ListRow] = []
    numbers = count(1)
    for section in sections:
        if printed.wanted.order == BY_ORGANISATION:
            rows.append(ListRow((f"{section.heading or 'Không thuộc đơn vị nào'} ({len(section.people)} người)",)))
        rows.extend(ListRow((str(next(numbers)), *_cells(each, printed, is_press))) for each in section.people)
    blanks = range(_BLANK_ROWS if printed.wanted.is_signed else 0)
    if blanks and printed.wanted.order == BY_ORGANISATION:
        rows.append(ListRow(("Đại biểu khác",)))
    return (*rows, *(ListRow((str(next(numbers)), *("",) * (len(printed.columns) - 1))) for _ in blanks))


def _cells(each: Delegate, printed: _Printed, is_press: bool) -> tuple[str, ...]:
    known = {
        _BODY: each.organisation, _PHONE: _credential(each) if is_press else phone_for(printed.actor, each.phone),
        "Ghi chú": _note(each, printed.wanted), _POST: each.title, "Họ và tên": each.full_name,
    }  # fmt: skip
    return tuple(known.get(column.title, "") for column in printed.columns[1:])


def _credential(each: Delegate) -> str:
    return f"{_CREDENTIALS[each.credential]} {each.credential_number}" if each.credential else ""


def _note(each: Delegate, wanted: Wanted) -> str:
    online = each.place is Place.ONLINE and not wanted.place_word
    said = (
        "Dự thay" if each.is_substitute else "", "Trực tuyến" if online else "", _STATES.get(each.state, ""),
    )  # fmt: skip
    return ", ".join(filter(None, said))


def _foot(listed: Listed, wanted: Wanted) -> str:
    people = f"Danh sách này có {listed.count} người"
    if not wanted.is_signed:
        return f"{people}./."
    blanks = _BLANK_ROWS * (1 + bool(listed.officials and listed.press))
    return f"{people} và {blanks} dòng trống. Số người có mặt: ……… người."


def _dated(event: Event, office: Office, wanted: Wanted, now: datetime) -> str:
    """A list to sign is dated when it is signed, on the day of the event; another one on the day it is made."""
    place = f"{office.place}, " if office.place else ""
    day = clock.local_date(event.starts_at)
    blank = f"ngày …… {date_in_words(day).partition(' ')[2].partition(' ')[2]}"
    return f"{place}{blank if wanted.is_signed else date_in_words(clock.local_date(now))}"
