"""Who registered for an event and who came, as rows of one batch; results follow the rule that the verbs follow."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkMethod, MarkStatus, SheetAction
from kstthc_training.attendance.models import AttendanceResult, Mark, Presence, Sheet, SheetStep
from kstthc_training.events.enums import AttendanceRule, EventState
from kstthc_training.registrations.enums import PoolKind, RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from kstthc_training.sample.marks import seen
from kstthc_training.sample.multitude.batch import Batch
from kstthc_training.sample.multitude.happenings import Happening
from kstthc_training.sample.past_registrations import arrival, seat, ticket_code
from kstthc_training.sample.people import Member
from kstthc_training.sample.province import Province

_CLOSED_AFTER = timedelta(minutes=25)
_WITHDRAWN = 0.06
_DUPLICATE = 5  # of five marks of present one was made twice: at the door and on the roster

Expected = tuple[int, Member]


def write_registrations(
    province: Province, batch: Batch, happening: Happening, guests: Sequence[Member], *, withdrawn: float = _WITHDRAWN
) -> list[Expected]:
    """A row and its steps for each guest, and the pool of seats they took; the answer is who is expected."""
    chance, organizer = province.chance, province.accounts.organizer.account_id
    length = min(happening.closes_at, province.midnight) - happening.opens_at
    expected = []
    for guest in guests:
        number = batch.number(Registration)
        at = changed_at = happening.opens_at + length * (chance.getrandbits(10) / 1024)
        state = RegistrationState.CONFIRMED
        batch.add(RegistrationStep, number, at, organizer, None, state, StepRule.SEAT_FREE, "")
        if chance.random() < withdrawn:
            state, changed_at = RegistrationState.CANCELLED, at + timedelta(hours=1)
            why = (StepRule.BY_ORGANIZER, "Bận công tác đột xuất")
            batch.add(RegistrationStep, number, changed_at, organizer, RegistrationState.CONFIRMED, state, *why)
        else:
            expected.append((number, guest))
        batch.add(
            Registration, number, happening.id, guest.id, guest.organisation_id, guest.title, state,
            RegistrationSource.NOMINATION, None, at, organizer, changed_at, ticket_code(chance, number),
            *seat(guest, state, RegistrationSource.NOMINATION),
        )  # fmt: skip
    batch.add(SeatPool, happening.id, PoolKind.EVENT, "", None, len(expected), 0)
    return expected


def write_attendance(province: Province, batch: Batch, happening: Happening, expected: Sequence[Expected]) -> None:
    """Marks of the sessions that are over, and what follows from them; closed sheets and results where it was held."""
    counted: dict[int, tuple[int, int]] = dict.fromkeys((number for number, _ in expected), (0, 0))
    for session_id, span in happening.sessions:
        if span.ends_at >= province.midnight:
            continue
        step_id, closed_at = batch.number(SheetStep), span.ends_at + _CLOSED_AFTER
        account_id = province.accounts.organizer.account_id
        batch.add(SheetStep, step_id, session_id, SheetAction.CLOSED, "", closed_at, account_id)
        batch.add(Sheet, session_id, closed_at)
        for number, _ in expected:
            status = _mark(province, batch, session_id, number, span.starts_at, (step_id, closed_at))
            present, excused = counted[number]
            counted[number] = (present + (status in rules.COUNTED_PRESENT), excused + (status is MarkStatus.EXCUSED))
    if happening.state is EventState.CLOSED:
        _write_results(batch, happening, expected, counted)


def _mark(
    province: Province, batch: Batch, session_id: int, number: int, starts_at: datetime, closing: tuple[int, datetime]
) -> MarkStatus:
    """The marks of one person in one session that was closed; the answer is the status that holds."""
    chance, account_id = province.chance, province.accounts.organizer.account_id
    statuses = seen(chance)
    mark_id = 0
    at = arrival(chance, starts_at)
    if statuses == (MarkStatus.PRESENT,) and chance.random() * _DUPLICATE < 1:
        statuses *= 2
    for place, status in enumerate(statuses):
        mark_id = batch.number(Mark)
        nonce = f"sample-{session_id}-{number}-{place}"
        method = MarkMethod.ROSTER if place else MarkMethod.TICKET
        batch.add(Mark, mark_id, session_id, number, status, method, nonce, at, account_id)
    if not statuses:
        step_id, closed_at = closing
        mark_id, statuses = batch.number(Mark), (MarkStatus.ABSENT,)
        nonce = f"closing:{step_id}:{number}"
        batch.add(Mark, mark_id, session_id, number, MarkStatus.ABSENT, MarkMethod.CLOSING, nonce, closed_at, account_id)
    batch.add(Presence, session_id, number, statuses[-1], mark_id)
    return statuses[-1]


def _write_results(
    batch: Batch, happening: Happening, expected: Sequence[Expected], counted: dict[int, tuple[int, int]]
) -> None:
    held = len(happening.sessions)
    for number, guest in expected:
        present, excused = counted[number]
        came = rules.attended(AttendanceRule.HALF, present=present, held=held)
        batch.add(AttendanceResult, number, happening.id, guest.id, guest.organisation_id, held, present, excused, came)
