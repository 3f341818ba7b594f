"""Quiet hours: what would go in them goes after or before, never in them, never too late."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kstthc_training import clock
from kstthc_training.messages.quiet import LEAST_BEFORE, QuietHours, quiet_of, settled

USUAL, WITH_DAYS = QuietHours(), QuietHours(days_off=True)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def local(day, hour, minute=0, *, month=3):
    return clock.at_local(date(2026, month, day), time(hour, minute))


def goes(at, anchor, quiet=USUAL, now=LONG_AGO):
    return settled(at, quiet=quiet, anchor=anchor, now=now)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (local(18, 20, 59), False), (local(18, 21), True), (local(19, 0), True), (local(19, 6, 29), True),
        (local(19, 6, 30), False),
    ],
)  # fmt: skip
def test_from_nine_in_the_evening_to_half_past_six(at, quiet):
    assert USUAL.hold_at(at) is quiet


def test_what_would_go_by_day_goes_then():
    assert goes(local(18, 9), local(19, 8)) == local(18, 9)


def test_what_would_go_at_night_waits_for_the_morning():
    assert goes(local(18, 23), local(19, 10)) == local(19, 6, 30)
    assert goes(local(19, 6), local(19, 8)) == local(19, 6, 30)


def test_what_would_then_come_too_late_goes_the_evening_before():
    assert goes(local(19, 5), local(19, 7)) == local(18, 20, 45)
    assert goes(local(19, 5, 29), local(19, 7, 29)) == local(18, 20, 45)
    assert goes(local(19, 5, 30), local(19, 7, 30)) == local(19, 6, 30)


def test_the_evening_being_over_the_morning_is_better_than_nothing():
    assert goes(local(19, 5), local(19, 7), now=local(18, 22)) == local(19, 6, 30)
    assert goes(local(19, 4), local(19, 6), now=local(18, 22)) is None


def test_days_off_are_quiet_where_the_office_says_so():
    saturday, monday = local(21, 9), local(23, 14)
    assert goes(saturday, monday) == saturday
    assert goes(saturday, monday, WITH_DAYS) == local(23, 6, 30)
    assert goes(saturday, local(23, 7), WITH_DAYS) == local(20, 20, 45)


def test_on_the_day_itself_a_day_off_is_no_reason_to_be_silent():
    sunday = local(22, 8)
    assert WITH_DAYS.on_the_day(sunday, local(22, 10)) == USUAL
    assert WITH_DAYS.on_the_day(sunday, local(23, 10)) == WITH_DAYS


def test_a_holiday_is_a_day_off():
    assert WITH_DAYS.hold_at(local(30, 10, month=4))  # the day of reunification, a Thursday


def test_hours_within_a_day_and_none():
    noon = QuietHours(time(12), time(13))
    assert [noon.hold_at(local(18, h)) for h in (11, 12, 13)] == [False, True, False]
    assert not any(QuietHours(time(7), time(7)).hold_at(local(18, h)) for h in range(24))


def test_settings_say_them():
    assert quiet_of({}) == USUAL
    assert quiet_of({"quiet_from": "22:00", "quiet_until": "05:45", "quiet_days_off": True}) == QuietHours(
        time(22), time(5, 45), True
    )


INSTANTS = st.timedeltas(timedelta(0), timedelta(days=330)).map(lambda since: LONG_AGO + since)
HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
QUIET = st.builds(QuietHours, HOURS, HOURS, st.booleans())
SPANS = st.timedeltas(timedelta(0), timedelta(days=9))


@settings(deadline=None)  # the first look at a year's holidays takes its time
@given(at=INSTANTS, quiet=QUIET, to_anchor=SPANS, since=SPANS)
def test_never_in_quiet_hours_never_after_the_anchor_and_settled_once(at, quiet, to_anchor, since):
    anchor, now = at + to_anchor, at - since
    goes_at = settled(at, quiet=quiet, anchor=anchor, now=now)
    if goes_at is None:
        return
    assert not quiet.hold_at(goes_at)
    assert now <= goes_at < anchor
    assert settled(goes_at, quiet=quiet, anchor=anchor, now=now) == goes_at


@settings(deadline=None)  # the first look at a year's holidays takes its time
@given(at=INSTANTS, quiet=QUIET, to_anchor=SPANS)
def test_it_moves_no_further_than_it_must(at, quiet, to_anchor):
    goes_at = settled(at, quiet=quiet, anchor=at + to_anchor, now=at - timedelta(days=30))
    if not quiet.hold_at(at):
        assert goes_at == (at if to_anchor else None)
    elif goes_at is not None and goes_at > at:
        assert at + to_anchor - goes_at >= LEAST_BEFORE or quiet.last_before(at) < at - timedelta(days=30)
