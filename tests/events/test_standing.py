"""How an event stands."""

from datetime import timedelta

import pytest

from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.standing import Standing, standing_of
from tests.events.drafts import at

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        (at(8) - INSTANT, Standing.UPCOMING),
        (at(8), Standing.RUNNING),
        (at(11) - INSTANT, Standing.RUNNING),
        (at(11), Standing.OVER),
    ],
)
def test_released_event_runs_from_start_to_end(now, standing):
    event = Event(state=EventState.RELEASED, starts_at=at(8), ends_at=at(11))
    assert standing_of(event, now) is standing


@pytest.mark.parametrize("state", [s for s in EventState if s is not EventState.RELEASED])
def test_other_states_stand_for_themselves(state):
    event = Event(state=state, starts_at=at(8), ends_at=at(11))
    assert standing_of(event, at(9)).value == state.value
