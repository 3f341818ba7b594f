"""The rows behind cuộc, tài liệu and chủ đề."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, true

from kstthc_training.events.models import Event, EventKind, EventTopic
from kstthc_training.files.models import StoredFile
from kstthc_training.materials.models import Material
from kstthc_training.reports.conditions import held_in, issued_in, unclosed_in
from kstthc_training.reports.counts import counts_of
from kstthc_training.reports.figures import topic_rows
from kstthc_training.reports.lists.slices import Scope, Slice, cut, sliced
from kstthc_training.reports.rows import NOBODY_EXPECTED, UnclosedRow, share_of


class HeldEvent(NamedTuple):
    """One held event: cuộc."""

    event_id: int
    year: int
    number: int
    title: str
    name_vi: str
    name_en: str
    family: str
    starts_at: datetime
    expected: int
    attended: int

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"

    @property
    def share(self) -> float | None:
        """Attended by expected."""
        return share_of(self.attended, self.expected)


class MaterialRow(NamedTuple):
    """One paper of a held event."""

    title: str
    file_name: str
    size: int
    year: int
    number: int
    event_title: str

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


def held(scope: Scope) -> Slice:
    """The events held in a period in order of time, perhaps of one kind or topic alone."""
    return _held(scope, true())


def held_by_plan(scope: Scope) -> Slice:
    """The events held in a period that fulfil an item of a plan."""
    return _held(scope, Event.plan_item_id.is_not(None))


def materials(scope: Scope) -> Slice:
    """The papers of held events, in order of event."""
    statement = (
        select(Material.title, StoredFile.name, StoredFile.size, Event.year, Event.number, Event.title.label("event_title"))
        .join(StoredFile, StoredFile.id == Material.file_id)
        .join(Event, Event.id == Material.event_id)
        .where(issued_in(scope.period))
        .order_by(Event.starts_at, Event.id, Material.position, Material.id)
    )
    return sliced(statement, MaterialRow._make, scope.page)


def topics(scope: Scope) -> Slice:
    """The topics that held events treated, in the plan's order."""
    return cut(topic_rows(scope.period, counts_of(scope.period)), scope.page)


def unclosed(scope: Scope) -> Slice:
    """The events that no figure counts yet."""
    statement = (
        select(Event.id, Event.year, Event.number, Event.title, Event.ends_at)
        .where(unclosed_in(scope.period, scope.now))
        .order_by(Event.ends_at, Event.id)
    )
    return sliced(statement, UnclosedRow._make, scope.page)


def _held(scope: Scope, wanted: ColumnElement[bool]) -> Slice:
    tallies = counts_of(scope.period).events
    code, topic_id = scope.narrowing.kind_code, scope.narrowing.topic_id
    statement = (
        select(
            Event.id, Event.year, Event.number, Event.title, EventKind.name_vi, EventKind.name_en, EventKind.family,
            Event.starts_at,
        )
        .join(EventKind, EventKind.id == Event.kind_id)
        .where(held_in(scope.period), wanted, true() if code is None else EventKind.code == code)
        .order_by(Event.starts_at, Event.id)
    )  # fmt: skip
    if topic_id is not None:
        statement = statement.where(Event.id.in_(select(EventTopic.event_id).where(EventTopic.topic_id == topic_id)))
    return sliced(statement, lambda row: HeldEvent._make((*row, *tallies.get(row[0], NOBODY_EXPECTED))), scope.page)
