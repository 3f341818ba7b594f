"""The event page: everything somebody who comes needs, on one page."""

from dataclasses import dataclass
from datetime import datetime

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock
from kstthc_training.agenda.routes.blueprint import bp
from kstthc_training.agenda.words import audience_words, place_words
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event, is_door_staff
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.materials.queries import papers_of
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point, runs_events
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import is_open
from kstthc_training.registrations.queries import SeatCount, find_registration, place_in_queue, seat_count
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.locale import moment
from kstthc_training.web.pages import page

_WHOLE = (
    joinedload(Event.kind),
    joinedload(Event.venue),
    joinedload(Event.host),
    selectinload(Event.sessions),
    selectinload(Event.agenda_items),
    selectinload(Event.topics),
)


@dataclass(frozen=True)
class Seats:
    """The registration box: where the reader stands, how many seats there are, and what may be done."""

    count: SeatCount
    own: Registration | None
    place: int | None
    is_open: bool
    closed_words: str
    free_words: str


@bp.get("/hop/<event_code:code>")
@access(signed_in)
def event(code: str) -> ResponseReturnValue:
    """One event, as those who come see it."""
    now, actor = clock.now(), me()
    found = get_event(actor=actor, code=code, options=_WHOLE)
    return page(
        "agenda/event.html",
        event=found,
        standing=standing_of(found, now),
        Standing=Standing,
        place=place_words(found.venue.name if found.venue else None, found.mode),
        audience=audience_words(found.audience),
        seats=_seats(found, now),
        papers=papers_of(found, actor=actor, now=now),
        may_run=runs_events(actor),
        may_check_in=is_door_staff(actor=actor, event_id=found.id),
        may_nominate=is_focal_point(actor) and is_open(found, now),
        nominating_id=min(actor.focal_of, default=None),
        now=now,
    )


def _seats(found: Event, now: datetime) -> Seats:
    own = find_registration(event_id=found.id, person_id=me().person_id)
    if own is not None and own.state is RegistrationState.CANCELLED:
        own = None
    count = seat_count(found.id)
    return Seats(
        count=count,
        own=own,
        place=place_in_queue(own) if own else None,
        is_open=is_open(found, now),
        closed_words=_closed_words(found, now),
        free_words=_free_words(count),
    )


def _free_words(count: SeatCount) -> str:
    if count.free is None:
        return _("Không giới hạn chỗ")
    if count.is_full:
        return _("Hết chỗ")
    return ngettext("còn %(num)d chỗ", "còn %(num)d chỗ", count.free)


def _closed_words(found: Event, now: datetime) -> str:
    """Why nobody registers now; '' when one may."""
    if is_open(found, now):
        return ""
    words = {
        EventState.DRAFT: _("Cuộc họp chưa phát hành nên chưa mở đăng ký."),
        EventState.POSTPONED: _("Cuộc họp tạm hoãn. Đăng ký mở lại khi có lịch mới."),
        EventState.CANCELLED: _("Cuộc họp đã hủy."),
        EventState.CLOSED: _("Cuộc họp đã kết thúc."),
    }
    if found.state in words:
        return words[found.state]
    if now >= found.starts_at:
        return _("Đã hết giờ đăng ký: cuộc họp đã bắt đầu.")
    if found.registration_opens_at and now < found.registration_opens_at:
        return _("Mở đăng ký từ %(when)s.", when=moment(found.registration_opens_at))
    return _("Đã hết hạn đăng ký. Cần dự, hãy gọi đầu mối liên hệ.")
