"""What each figure counts: conditions shared by the numbers and by the rows behind them.

cuộc: events held, each in the period of its last session's day. lượt người: attendances, person by event, by the event's
attendance rule. số người: distinct persons among them. tỷ lệ có mặt: attendances by expected, where expected are confirmed
registrations and walk-ins, the excused included.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select

from kstthc_training import clock
from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.materials.models import Material
from kstthc_training.organisations.models import Organisation
from kstthc_training.reports.periods import Period


def held_in(period: Period) -> ColumnElement[bool]:
    """Events held in a period: every session closed, the last one on a day of the period."""
    return and_(Event.held_on >= period.first, Event.held_on <= period.last)


def attended_in(period: Period) -> ColumnElement[bool]:
    """Attendances of events held in a period; join events with attendance_results."""
    return and_(held_in(period), AttendanceResult.attended)


def unclosed_in(period: Period, now: datetime) -> ColumnElement[bool]:
    """Released events that ended by now, on a day of the period, and are not closed."""
    begins, ends = clock.day_bounds(period.first, period.last)
    over = and_(Event.ends_at >= begins, Event.ends_at < ends, Event.ends_at <= now)
    return and_(Event.state == EventState.RELEASED, over)


def issued_in(period: Period) -> ColumnElement[bool]:
    """Papers of events held in a period that were not withdrawn; join events with materials."""
    return and_(held_in(period), Material.withdrawn_at.is_(None))


def existed_in(period: Period) -> ColumnElement[bool]:
    """Organisations that existed on at least one day of a period."""
    begun = or_(Organisation.valid_from.is_(None), Organisation.valid_from <= period.last)
    return and_(begun, or_(Organisation.valid_to.is_(None), Organisation.valid_to >= period.first))


def tally_by(key: Any, period: Period) -> Subquery:
    """Those expected and those who attended in a period, counted by a column of attendance_results."""
    attended = func.sum(case((AttendanceResult.attended, 1), else_=0))
    statement = (
        select(key.label("key"), func.count().label("expected"), attended.label("attended"))
        .select_from(AttendanceResult)
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(held_in(period))
        .group_by(key)
    )
    return statement.subquery()
