"""What a button of the event's form does without storing anything: rows come and go, a table is read, people are found."""

from collections.abc import Callable
from datetime import time

from flask_babel import gettext as _

from kstthc_training.desk.forms.event_form import EventForm
from kstthc_training.desk.forms.pasting import read_programme
from kstthc_training.desk.forms.rows import add_row, drop_blank_rows, remove_row
from kstthc_training.text import whole_number

SAVE, RELEASE = "save", "release"


def change(form: EventForm, act: str) -> None:
    """Do what the button `act` says (`add-session`, `remove-line-3`, `paste`, …); any other only reads the form again."""
    verb, _dash, number = act.rpartition("-")
    if verb in _BY_NUMBER and whole_number(number) is not None:
        _BY_NUMBER[verb](form, number)
    elif act in _PLAIN:
        _PLAIN[act](form)


def make_ready(form: EventForm) -> None:
    """Before the form is checked: what was pasted is read, rows without a word are left out."""
    drop_blank_rows(form.sessions, keep=1)
    drop_blank_rows(form.agenda, keep=0)
    read_pasted(form)


def read_pasted(form: EventForm) -> None:
    """Add the lines of a pasted table to the programme; what can't be read stays in the box with a message."""
    lines, unread = read_programme(form.pasted.data or "")
    drop_blank_rows(form.agenda, keep=0)
    day, before = 1, time.min
    for line in lines:
        day += line.starts < before  # the clock went back: the next day began
        before = line.starts
        form.agenda.append_entry(
            {
                "day_number": str(day),
                "starts": line.starts,
                "ends": line.ends,
                "title": line.title,
                "speakers": line.speakers,
            }
        )
    form.pasted.data = "\n".join(unread)
    form.unread = [_("Không đọc được giờ ở dòng: %(line)s", line=line) for line in unread]


_PLAIN: dict[str, Callable[[EventForm], None]] = {
    "add-session": lambda form: add_row(form.sessions),
    "add-line": lambda form: add_row(form.agenda),
    "paste": read_pasted,
}
_BY_NUMBER: dict[str, Callable[[EventForm, str], None]] = {
    "remove-session": lambda form, number: remove_row(form.sessions, number),
    "remove-line": lambda form, number: remove_row(form.agenda, number),
}
