"""The columns of the list of those registered: which there are, which somebody chose, what stands in them, their order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from kstthc_training import clock
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.phones import phone_for
from kstthc_training.registrations.enums import RegistrantOrder, RegistrationSource
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.queries import Registrant
from kstthc_training.registrations.rule_words import CIRCLES, CREDENTIALS, PLACES
from kstthc_training.registrations.words import GUEST, SOURCES

# The columns that stand there until others are chosen.
USUAL = ("don-vi", "chuc-vu", "nguoi-dang-ky", "luc")
# What separates the columns in an address and in the browser's memory.
_BETWEEN = "."
_QUESTION = "cau-"
_DESCENDING = "-"


@dataclass
class Told:
    """What the cells of one answer are written with, each word put into the reader's language once."""

    reader: Actor
    answers: Mapping[int, Mapping[int, str]]
    mailed: Mapping[int, str] = field(default_factory=dict)
    sources: dict[RegistrationSource, str] = field(default_factory=lambda: {s: str(w) for s, w in SOURCES.items()})
    guest: str = field(default_factory=lambda: str(GUEST))


Cell = Callable[[Registrant, Told], str]


class TableColumn(NamedTuple):
    """A column that may be chosen: its word in addresses, its head, what stands in it, and how rows are put in its order."""

    word: str
    label: object
    cell: Cell
    order: RegistrantOrder | None = None


class Head(NamedTuple):
    """A head above the rows: where it leads to put them in its order, and which way they are in it now."""

    label: object
    order: str
    direction: str


def _by(row: Registrant, told: Told) -> str:
    if row.came_by_link:
        return told.guest
    is_own = row.source is RegistrationSource.SELF or not row.registered_by
    return told.sources[row.source] if is_own else row.registered_by


def _papers(row: Registrant, told: Told) -> str:
    return f"{CREDENTIALS[row.credential]} {row.credential_number}" if row.credential else ""


_COLUMNS = (
    TableColumn("don-vi", _("Đơn vị"), lambda r, _told: r.organisation, RegistrantOrder.ORGANISATION),
    TableColumn("chuc-vu", _("Chức vụ"), lambda r, _told: r.title, RegistrantOrder.TITLE),
    TableColumn("dien-thoai", _("Điện thoại"), lambda r, told: phone_for(told.reader, r.phone)),
    TableColumn("email", _("Email"), lambda r, _told: r.email),
    TableColumn("nguoi-dang-ky", _("Người đăng ký"), _by),
    TableColumn("luc", _("Lúc"), lambda r, _told: f"{clock.local(r.registered_at):%d/%m %H:%M}", RegistrantOrder.TIME),
    TableColumn("thay-cho", _("Dự thay"), lambda r, _told: r.substitute_for),
    TableColumn("ma", _("Mã dự họp"), lambda r, _told: r.ticket_code),
)
_PLACE = TableColumn("noi-du", _("Dự ở đâu"), lambda r, _told: str(PLACES[r.place]) if r.place else "")
_CIRCLE = TableColumn("thanh-phan", _("Thành phần"), lambda r, _told: str(CIRCLES[r.circle]))
_PAPERS = TableColumn("giay-to", _("Giấy tờ báo chí"), _papers)


def columns_of(event: Event, questions: Sequence[Question], *, asks_credentials: bool) -> Sequence[TableColumn]:
    """Every column that the list of an event can have, in the order in which they stand."""
    sometimes = (
        (_PLACE, event.mode is EventMode.BOTH),
        (_CIRCLE, event.audience is Audience.BOTH),
        (_PAPERS, asks_credentials),
    )
    return [*_COLUMNS, *(column for column, is_there in sometimes if is_there), *map(_answered, questions)]


def _answered(question: Question) -> TableColumn:
    key = question.id
    return TableColumn(f"{_QUESTION}{key}", question.label, lambda r, told: told.answers.get(r.id, {}).get(key, ""))


def chosen_columns(columns: Sequence[TableColumn], asked: str | None) -> Sequence[TableColumn]:
    """The columns that an address or a browser names, the usual ones when it names none."""
    words = USUAL if asked is None else asked.split(_BETWEEN)
    return [column for column in columns if column.word in words]


def columns_word(columns: Sequence[TableColumn]) -> str:
    """Columns as addresses and browsers hold them."""
    return _BETWEEN.join(column.word for column in columns)


def asks_answers(columns: Sequence[TableColumn]) -> bool:
    """Whether what was answered to a question stands in one of the columns."""
    return any(column.word.startswith(_QUESTION) for column in columns)


def order_of(word: str) -> tuple[RegistrantOrder | None, bool]:
    """The order that an address asks for, and whether from the end: `luc`, `-luc`; None for what is no order."""
    orders = {"ten": RegistrantOrder.NAME, **{c.word: c.order for c in _COLUMNS if c.order}}
    return orders.get(word.removeprefix(_DESCENDING)), word.startswith(_DESCENDING)


def heads(columns: Sequence[TableColumn], asked: str) -> list[Head]:
    """The heads of the names and of the chosen columns; one that puts nothing in order leads nowhere."""
    others = [_head(c.label, c.word, asked) if c.order else Head(c.label, "", "") for c in columns]
    return [_head(_("Họ và tên"), "ten", asked), *others]


def _head(label: object, word: str, asked: str) -> Head:
    """Pressed again, the head of the present order turns it round."""
    is_current = word == asked.removeprefix(_DESCENDING)
    is_descending = is_current and asked.startswith(_DESCENDING)
    direction = ("descending" if is_descending else "ascending") if is_current else ""
    return Head(label, f"{_DESCENDING}{word}" if is_current and not is_descending else word, direction)
