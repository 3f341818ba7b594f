"""What addresses and forms hold: numbers, the numbers of events, words that are looked for."""

import re
from typing import Any

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from kstthc_training.text import LARGEST_NUMBER, clean_line, whole_number

_LONGEST_SEARCH = 100
_MOST_NUMBERS = 10_000  # each becomes a parameter of a statement, of which PostgreSQL takes 65,535


class EventCodeConverter(BaseConverter):
    """The number of an event in an address: `/hop/<event_code:code>` takes `2026-118`."""

    regex = r"[12][0-9]{3}-[1-9][0-9]{0,5}"


class NumberConverter(IntegerConverter):
    """A whole number in an address, `<int:person_id>`: from 1 to what a column holds, unless the route says otherwise."""

    regex = r"0{0,3}[1-9][0-9]{0,9}"

    def __init__(self, routes: Map, **limits: Any) -> None:
        super().__init__(routes, **{"min": 1, "max": LARGEST_NUMBER, **limits})


def may_be_event_code(text: str) -> bool:
    """Whether something that came from outside has the form of an event's number, `2026-118`."""
    return re.fullmatch(EventCodeConverter.regex, text) is not None


def mount_addresses(app: Flask) -> None:
    """Let routes use `event_code`, and `int` for nothing that a database could not hold."""
    app.url_map.converters["event_code"] = EventCodeConverter
    app.url_map.converters["int"] = NumberConverter


def asked_words() -> str:
    """What was typed into a search box named `q`, in the address or the form: cleaned, one line, at most 100 characters."""
    return clean_line(request.values.get("q", ""))[:_LONGEST_SEARCH]


def asked_number(name: str) -> int | None:
    """The number from 1 to 2 147 483 647 that the address holds as `name`; None when there is none such."""
    return _number(request.args, name)


def posted_number(name: str) -> int | None:
    """The number from 1 to 2 147 483 647 that was posted as `name`; None when there is none such."""
    return _number(request.form, name)


def given_numbers(name: str) -> list[int]:
    """Every number from 1 to 2 147 483 647 that the address or the form holds as `name`; what is none is left out.

    More than 10 000 values, ticked on no page, are refused with 413.
    """
    values = request.values.getlist(name)
    if len(values) > _MOST_NUMBERS:
        abort(413)
    return [number for value in values if (number := whole_number(value))]


def _number(values: "MultiDict[str, str]", name: str) -> int | None:
    return whole_number(values.get(name, "")) or None
