"""The list of those registered as the desk shows it: what the address asks for, and rows ready to be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import request
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.desk.registrant_table import TableColumn, Told, order_of
from kstthc_training.events.models import Event
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.queries import Registrants, registrants_of
from kstthc_training.registrations.words import STATES, TONES
from kstthc_training.text import clean_line, whole_number

# How states are written in addresses.
_STATE_WORDS = {
    "cho-duyet": RegistrationState.PENDING,
    "co-cho": RegistrationState.CONFIRMED,
    "giu-cho": RegistrationState.OFFERED,
    "cho": RegistrationState.WAITING,
    "tu-choi": RegistrationState.REFUSED,
    "huy": RegistrationState.CANCELLED,
}
# States that only some events know; their filters are there once somebody stands so.
_SOMETIMES = (RegistrationState.PENDING, RegistrationState.OFFERED, RegistrationState.REFUSED)
# Where a browser remembers the columns that were chosen.
COLUMNS_COOKIE = "cot_dang_ky"
_LONGEST_SEARCH = 100
_LONGEST_CHOICE = 1000


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for: words, a state, an organisation; in which order, and in an address that was handed
    on with which columns."""

    search: str = ""
    state_word: str = ""
    organisation_id: int | None = None
    order: str = ""
    columns: str | None = None

    @property
    def state(self) -> RegistrationState | None:
        """The state asked for, None for all."""
        return _STATE_WORDS.get(self.state_word)

    @property
    def args(self) -> dict[str, Any]:
        """The filters as parts of an address; what is not asked for is left out."""
        parts = {
            "q": self.search, "tt": self.state_word, "dv": self.organisation_id, "xep": self.order, "cot": self.columns,
        }  # fmt: skip
        return {name: value for name, value in parts.items() if value}


class Row(NamedTuple):
    """One line of the table in words of the reader's language."""

    id: int
    person_id: int
    name: str
    cells: Sequence[str]
    state: str
    tone: str
    code: str
    is_gone: bool
    is_pending: bool
    is_guest: bool
    mailed: str


def asked_filters(args: Mapping[str, str]) -> Filters:
    """The filters in an address; what cannot be one is left out."""
    state, order = args.get("tt", ""), args.get("xep", "")
    return Filters(
        search=clean_line(args.get("q", ""))[:_LONGEST_SEARCH],
        state_word=state if state in _STATE_WORDS else "",
        organisation_id=whole_number(args.get("dv", "")),
        order=order if order_of(order)[0] else "",
        columns=clean_line(args["cot"])[:_LONGEST_CHOICE] if "cot" in args else None,
    )


def shown_columns(filters: Filters) -> str | None:
    """The columns that the address names, else those that this browser remembers; None for the usual ones."""
    return request.cookies.get(COLUMNS_COOKIE) if filters.columns is None else filters.columns


def listed(event: Event, filters: Filters, *, full_names: bool = False) -> Registrants:
    """What the filters leave of an event's list, organisations called as on the day of the event."""
    order, is_descending = order_of(filters.order)
    return registrants_of(
        event.id,
        on=clock.local_date(event.starts_at),
        full_names=full_names,
        state=filters.state,
        organisation_id=filters.organisation_id,
        search=filters.search,
        order=order,
        is_descending=is_descending,
    )


def state_options(registrants: Registrants, filters: Filters) -> list[tuple[str, str, int]]:
    """The states to filter by: as written in addresses, in words, and how many there are."""
    counts = registrants.counts
    shown = [(w, s) for w, s in _STATE_WORDS.items() if s not in _SOMETIMES or counts[s] or s is filters.state]
    states = [(word, str(STATES[state]), counts[state]) for word, state in shown]
    return [("", _("Tất cả"), registrants.total), *states]


def organisation_options(registrants: Registrants) -> list[tuple[str, str]]:
    """The organisations to filter by, with how many of their people are listed."""
    named = [(str(o.id), f"{o.name} ({o.people})") for o in registrants.organisations]
    return [("", _("Mọi đơn vị")), *named]


def rows_shown(registrants: Registrants, columns: Sequence[TableColumn], told: Told) -> Sequence[Row]:
    """The rows in words; what is the same for many rows is put into words once."""
    states = {state: str(words) for state, words in STATES.items()}
    waiting = _("Chờ, thứ %(place)s", place="{}")
    cells = [column.cell for column in columns]
    rows = []
    for r in registrants.rows:
        place = registrants.places.get(r.id)
        rows.append(
            Row(
                r.id, r.person_id, r.full_name, [cell(r, told) for cell in cells],
                waiting.replace("{}", str(place)) if place else states[r.state],
                TONES[r.state], r.ticket_code, r.state in GONE, r.state is RegistrationState.PENDING, r.is_guest,
                told.mailed.get(r.person_id, ""),
            )
        )  # fmt: skip
    return rows
