"""Registrations of events that are over, written at once: rows, steps and seats as the verbs would have left them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import update

from kstthc_training.db import db
from kstthc_training.registrations.enums import Circle, RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from kstthc_training.sample.events import Made
from kstthc_training.sample.people import Member
from kstthc_training.sample.province import Province
from kstthc_training.sample.raw_rows import count_on, insert_rows, next_id
from kstthc_training.sample.registering import who_registers

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRESS = ("press", "broadcast")
_WITHDRAWN, _WALKED_IN = 0.06, 0.03
_REASONS = ("Bận công tác đột xuất", "Cơ quan cử người khác", "Trùng lịch họp")

REGISTRATION_COLUMNS = (
    "id", "event_id", "person_id", "organisation_id", "title_then", "state", "source", "queue_number", "registered_at",
    "registered_by_id", "changed_at", "ticket_code", "holds_seat", "circle", "seat_organisation_id",
)  # fmt: skip
STEP_COLUMNS = ("registration_id", "at", "account_id", "from_state", "to_state", "rule", "reason")


@dataclass(frozen=True)
class Past:
    """A registration written at once; walk-ins hold no seat."""

    id: int
    event_id: int
    state: RegistrationState
    source: RegistrationSource

    @property
    def is_expected(self) -> bool:
        """Whether the person is on the attendance list."""
        return self.state is RegistrationState.CONFIRMED


def write_past(province: Province, made: Sequence[Made]) -> dict[int, list[Past]]:
    """The registrations of every event given, by the event's number."""
    first = next_id(Registration)
    rows: list[tuple[object, ...]] = []
    steps: list[tuple[object, ...]] = []
    past: dict[int, list[Past]] = {}
    for one in made:
        entries = []
        for guest in province.guests(one.planned.line["who"], one.planned.guests):
            row, its_steps = _registration(province, one, guest, first + len(rows))
            rows.append(row)
            steps += its_steps
            entries.append(Past(first + len(rows) - 1, one.event.id, row[5], row[6]))  # type: ignore[arg-type]
        past[one.event.id] = entries
    insert_rows(Registration, REGISTRATION_COLUMNS, rows)
    insert_rows(RegistrationStep, STEP_COLUMNS, steps)
    count_on(Registration, RegistrationStep)
    for event_id, entries in past.items():
        seated = sum(p.is_expected and p.source is not RegistrationSource.WALK_IN for p in entries)
        db.session.execute(update(SeatPool).where(SeatPool.event_id == event_id).values(taken=seated))
    return past


def _registration(
    province: Province, made: Made, guest: Member, number: int
) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    chance, planned = province.chance, made.planned
    actor, source = who_registers(province, made, guest)
    at = planned.opens_at + (planned.closes_at - planned.opens_at) * chance.random()
    rule, state, changed_at = StepRule.SEAT_FREE, RegistrationState.CONFIRMED, at
    lot = chance.random()
    if lot < _WALKED_IN and not guest.login:
        source, rule, actor = RegistrationSource.WALK_IN, StepRule.WALKED_IN, province.accounts.organizer
        at = changed_at = planned.sessions[0].starts_at + timedelta(minutes=chance.randrange(1, 20))
    steps: list[tuple[object, ...]] = [(number, at, actor.account_id, None, state, rule, "")]
    if source is not RegistrationSource.WALK_IN and lot > 1 - _WITHDRAWN and not guest.login:
        changed_at = min(at + timedelta(hours=20), planned.closes_at)
        back, state = province.accounts.organizer.account_id, RegistrationState.CANCELLED
        reason = chance.choice(_REASONS)
        steps.append((number, changed_at, back, RegistrationState.CONFIRMED, state, StepRule.BY_ORGANIZER, reason))
    row = (
        number, made.event.id, guest.id, guest.organisation_id, guest.title, state, source, None, at, actor.account_id,
        changed_at, ticket_code(chance, number), *seat(guest, state, source),
    )  # fmt: skip
    return row, steps


def seat(guest: Member, state: RegistrationState, source: RegistrationSource) -> tuple[bool, Circle, int | None]:
    """Whether a registration holds a seat, in which circle, and in whose quota."""
    holds = state is RegistrationState.CONFIRMED and source is not RegistrationSource.WALK_IN
    return holds, Circle.PRESS if guest.kind in _PRESS else Circle.OFFICIALS, guest.organisation_id


def ticket_code(chance: Random, number: int) -> str:
    """Eight letters and figures, no two alike: four that count and four by chance."""
    counted = "".join(_ALPHABET[number >> shift & 31] for shift in (15, 10, 5, 0))
    drawn = chance.getrandbits(20)
    return "".join(_ALPHABET[drawn >> shift & 31] for shift in (15, 10, 5, 0)) + counted


def arrival(chance: Random, starts_at: datetime) -> datetime:
    """When somebody comes: to the minute, most of them before the start."""
    return starts_at + timedelta(minutes=chance.triangular(-35, 14, -8) // 1)
