"""Rows changed at once by one act: written all or none, each only if it is still as it was seen, and taken back likewise."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Enum, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import Base, Instant, db
from kstthc_training.directory.errors import RowChanged
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.invitations.models import Invitation, InviteeGroupMember
from kstthc_training.mandates.models import MandatePerson
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.people.models import Account, Person, RoleGrant, ToldApart
from kstthc_training.registrations.models import Answer, GuestEntry, Registration, SeatPool, SeatReservation

TABLES: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (
        Account, Answer, AttendanceResult, DoorStaff, Event, GuestEntry, Invitation, InviteeGroupMember, MandatePerson,
        Organisation, Person, Registration, RoleGrant, SeatPool, SeatReservation, Succession, ToldApart,
    )
}  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One row: where it is found, and its columns before and after; None before for a new row, after for one that goes."""

    table: str
    key: Row
    before: Row | None
    after: Row | None

    def reversed(self) -> "Change":
        """The change that takes this one back; a row whose key columns changed is found by what they became."""
        key = {**self.key, **{name: value for name, value in (self.after or {}).items() if name in self.key}}
        return Change(self.table, key, self.after, self.before)


def changed(row: Base, **after: Any) -> Change | None:
    """What becomes of a row by its primary key when these columns are set; None when they are so already."""
    before = {name: getattr(row, name) for name in after}
    return None if before == after else Change(row.__tablename__, _key_of(row), before, after)


def removed(row: Base) -> Change:
    """A row that goes."""
    return Change(row.__tablename__, _key_of(row), _whole(row), None)


def added(model: type[Base], *, key: Sequence[str], **values: Any) -> Change:
    """A row that comes, found again by the columns of `key`."""
    return Change(model.__tablename__, {name: values[name] for name in key}, None, values)


def write(changes: Iterable[Change]) -> None:
    """Write every change: rows that go first, rows that come last. Raises `RowChanged` when a row is not as it was seen.

    A row's version rises, also when it is written back, so that whoever has it before him notices.
    """
    db.session.flush()
    for change in sorted(changes, key=_order):
        _write(change)
    db.session.expire_all()


def not_as_left(changes: Iterable[Change]) -> list[Change]:
    """The changes whose rows are no longer as the act left them."""
    return [change for change in changes if not _is_as_left(change)]


def stored(changes: Iterable[Change]) -> list[dict[str, object]]:
    """Changes as JSON values, in order."""
    return [{"table": c.table, "key": _plain(c.key), "before": _plain(c.before), "after": _plain(c.after)} for c in changes]


def restored(values: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What `stored` made of changes, back."""
    return [
        Change(
            v["table"], _typed(v["table"], v["key"]) or {}, _typed(v["table"], v["before"]), _typed(v["table"], v["after"])
        )
        for v in values
    ]


def _order(change: Change) -> int:
    return 0 if change.after is None else 2 if change.before is None else 1


def _write(change: Change) -> None:
    model = TABLES[change.table]
    try:
        if change.before is None:
            db.session.execute(insert(model.__table__).values(**_completed(model, change.after or {})))  # type: ignore[arg-type]
            return
        seen = and_(_is(model, change.key), _is(model, change.before))
        if change.after is None:
            statement: Any = delete(model).where(seen)
        else:
            statement = update(model).where(seen).values(**change.after, **_raised(model))
        one = next(iter(model.__table__.primary_key))
        done = db.session.execute(statement.returning(one).execution_options(synchronize_session=False)).all()
    except IntegrityError as error:
        raise RowChanged(change=change) from error
    if len(done) != 1:
        raise RowChanged(change=change)


def _is_as_left(change: Change) -> bool:
    model, here = TABLES[change.table], change.reversed()
    wanted = _is(model, {**here.key, **(here.before or {})})
    there = db.session.scalar(select(1).select_from(model).where(wanted))
    if here.before is None:
        return db.session.scalar(select(1).select_from(model).where(_is(model, here.key))) is None
    return there is not None


def _is(model: type[Base], values: Row) -> ColumnElement[bool]:
    return and_(*(getattr(model, name).is_not_distinct_from(value) for name, value in values.items()))


def _raised(model: type[Base]) -> dict[str, Any]:
    return {name: getattr(model, name) + 1 for name in ("version", "revision") if name in model.__table__.columns}


def _completed(model: type[Base], values: Row) -> Row:
    """The columns of a new row; those not named take what the model gives them."""
    missing = {
        column.name: column.default.arg
        for column in model.__table__.columns
        if column.name not in values and column.default is not None and column.default.is_scalar
    }
    return {**missing, **values}


def _key_of(row: Base) -> Row:
    return {column.name: getattr(row, column.name) for column in row.__table__.primary_key}


def _whole(row: Base) -> Row:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _plain(values: Row | None) -> dict[str, object] | None:
    if values is None:
        return None
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _typed(table: str, values: Row | None) -> dict[str, Any] | None:
    if values is None:
        return None
    columns = TABLES[table].__table__.columns
    return {name: _reader(columns[name].type)(value) if value is not None else None for name, value in values.items()}


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, Instant):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class
    return lambda value: value
