"""What somebody else saved while this form was open, beside what was typed here."""

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, FieldList

from kstthc_training.desk.forms.rows import AgendaRow, SessionRow
from kstthc_training.web.forms import Form
from kstthc_training.web.locale import day

_UNSEEN = ("version", "csrf_token", "pasted", "find_person", "new_venue_name", "new_venue_address", "new_venue_capacity")


def saved_meanwhile(typed: Form, stored: Form) -> dict[str, str]:
    """By field, what is stored now where it differs from what was typed; '–' where nothing is stored."""
    return {
        field.short_name: shown(field) or "–"
        for field in stored
        if field.short_name not in _UNSEEN and shown(field) != shown(typed[field.short_name])
    }


def shown(field: Any) -> str:
    """A field's content in words."""
    if isinstance(field, FieldList):
        return "; ".join(_row(entry.form) for entry in field.entries)
    if isinstance(field, BooleanField):
        return _("có") if field.data else _("không")
    if hasattr(field, "iter_choices"):
        return ", ".join(str(choice.label) for choice in field.iter_choices() if choice.selected)
    return str(field._value() or "")


def _row(row: SessionRow | AgendaRow) -> str:
    hours = " – ".join(f"{hour.data:%H:%M}" for hour in (row.starts, row.ends) if hour.data)
    if isinstance(row, SessionRow):
        return " ".join(part for part in (row.name.data, hours, day(row.day.data) if row.day.data else "") if part)
    return " ".join(part for part in (hours, row.title.data, f"({row.speakers.data})" if row.speakers.data else "") if part)
