"""When reminders go, whatever the rules, the hours and the times: never in quiet hours, never too late, each once."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kstthc_training.messages.quiet import QuietHours
from kstthc_training.reminders.policy import Rules, names_reminders, overtaken, start_reminders
from kstthc_training.reminders.words import OFFERED_DAYS, OFFERED_MINUTES, mark_words

STARTS = st.timedeltas(timedelta(0), timedelta(days=330)).map(lambda since: datetime(2026, 1, 10, tzinfo=UTC) + since)
HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
QUIET = st.builds(QuietHours, HOURS, HOURS, st.booleans())
RULES = st.builds(
    Rules,
    st.lists(st.integers(1, 30 * 24 * 60), max_size=6).map(tuple),
    st.lists(st.sampled_from(list(OFFERED_DAYS)), max_size=4).map(tuple),
)


@settings(deadline=None)  # the first look at a year's holidays takes its time
@given(starts_at=STARTS, quiet=QUIET, rules=RULES, ahead=st.timedeltas(timedelta(0), timedelta(days=40)))
def test_reminders_of_an_event(starts_at, quiet, rules, ahead):
    now = starts_at - ahead
    found = start_reminders(rules, starts_at, quiet=quiet, now=now)
    assert len(found) <= len(set(rules.minutes_before))
    for reminder in found:
        assert reminder.due < starts_at
        wanted = starts_at - timedelta(minutes=reminder.offset)
        assert not quiet.on_the_day(wanted, starts_at).hold_at(reminder.due)
    assert [each.due for each in found] == sorted({each.due for each in found})
    assert found == start_reminders(rules, starts_at, quiet=quiet, now=now)


@settings(deadline=None)  # the first look at a year's holidays takes its time
@given(starts_at=STARTS, rules=RULES, by=st.timedeltas(timedelta(minutes=1), timedelta(days=9)))
def test_a_moved_event_shares_no_mark_with_what_it_was(starts_at, rules, by):
    quiet, now = QuietHours(), starts_at - timedelta(days=60)
    before, after = (start_reminders(rules, at, quiet=quiet, now=now) for at in (starts_at, starts_at + by))
    assert not {each.mark for each in before} & {each.mark for each in after}


@settings(deadline=None)  # the first look at a year's holidays takes its time
@given(until=STARTS, rules=RULES)
def test_names_are_asked_for_on_mornings_before_they_are_due(until, rules):
    quiet = QuietHours(time(21), time(6, 30))
    found = names_reminders(rules, until, quiet=quiet, now=until - timedelta(days=60))
    assert all(each.due < until for each in found)


@settings(deadline=None)  # the first look at a year's holidays takes its time
@given(starts_at=STARTS, passed=st.timedeltas(timedelta(0), timedelta(days=8)))
def test_of_what_came_due_only_the_latest_is_sent(starts_at, passed):
    now = starts_at - timedelta(days=8) + passed
    rules = Rules(tuple(OFFERED_MINUTES))
    found = start_reminders(rules, starts_at, quiet=QuietHours(), now=starts_at - timedelta(days=30))
    due = [each for each in found if each.due <= now]
    assert len([each for each in due if not overtaken(each, found, now)]) == min(len(due), 1)


def test_a_mark_says_what_it_was(app):
    (reminder,) = start_reminders(
        Rules((90,)), datetime(2026, 3, 20, 2, tzinfo=UTC), quiet=QuietHours(), now=datetime(2026, 3, 1, tzinfo=UTC)
    )
    with app.test_request_context():
        assert mark_words(reminder.mark) == ("Nhắc người có chỗ", "90 phút trước giờ họp")
