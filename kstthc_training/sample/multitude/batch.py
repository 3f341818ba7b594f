"""Rows of many tables, gathered and written together in the order in which they refer to each other."""

from collections import defaultdict
from typing import Any

from kstthc_training.attendance.models import AttendanceResult, Mark, Presence, Sheet, SheetStep
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import Base
from kstthc_training.events.models import AgendaItem, Event, EventTopic, Session
from kstthc_training.registrations.models import Registration, RegistrationStep, SeatPool
from kstthc_training.sample.marks import MARK_COLUMNS, PRESENCE_COLUMNS
from kstthc_training.sample.past_registrations import REGISTRATION_COLUMNS, STEP_COLUMNS
from kstthc_training.sample.raw_rows import count_on, insert_rows, next_id

EVENT_COLUMNS = (
    "id", "year", "number", "title", "kind_id", "mode", "state", "state_reason", "audience", "audience_note",
    "description", "venue_id", "online_url", "chair", "host_id", "contact_name", "contact_phone", "owner_id", "capacity",
    "registration_opens_at", "registration_closes_at", "plan_item_id", "starts_at", "ends_at", "held_on", "search_text",
    "created_at", "changed_at", "released_at",
)  # fmt: skip
_COLUMNS: dict[type[Base], tuple[str, ...]] = {
    Event: EVENT_COLUMNS,
    Session: ("id", "event_id", "position", "name", "starts_at", "ends_at", "uid", "created_at", "changed_at"),
    AgendaItem: ("event_id", "position", "starts_at", "ends_at", "title", "speakers"),
    EventTopic: ("event_id", "topic_id"),
    SeatPool: ("event_id", "kind", "subject", "capacity", "taken", "queue_last"),
    AuditEntry: ("at", "account_id", "actor_name", "address", "action", "subject_type", "subject_id", "facts"),
    Registration: REGISTRATION_COLUMNS,
    RegistrationStep: STEP_COLUMNS,
    SheetStep: ("id", "session_id", "action", "reason", "at", "account_id"),
    Sheet: ("session_id", "closed_at"),
    Mark: MARK_COLUMNS,
    Presence: PRESENCE_COLUMNS,
    AttendanceResult: (
        "registration_id", "event_id", "person_id", "organisation_id", "sessions_held", "sessions_present",
        "sessions_excused", "attended",
    ),
}  # fmt: skip
_NUMBERED = (Event, Session, AgendaItem, SeatPool, AuditEntry, Registration, RegistrationStep, SheetStep, Mark)
_COUNTED = (Event, Session, Registration, SheetStep, Mark)


class Batch:
    """What is gathered until `write`; `number` gives out the numbers of rows to come."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[tuple[Any, ...]]] = defaultdict(list)
        self._next: dict[type[Base], int] = {table: next_id(table) for table in _COUNTED}

    def number(self, table: type[Base]) -> int:
        """The number of the next row of a table, each given out once."""
        self._next[table] += 1
        return self._next[table] - 1

    def add(self, table: type[Base], *values: Any) -> None:
        """One row, its values in the order of the table's columns here."""
        self._rows[table].append(values)

    def write(self) -> None:
        """Put into the database what was gathered, and begin anew."""
        for table, columns in _COLUMNS.items():
            insert_rows(table, columns, self._rows.pop(table, ()))

    def finish(self) -> None:
        """Write the rest; the database numbers on from here."""
        self.write()
        count_on(*_NUMBERED)
