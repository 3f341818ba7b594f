"""Rows of a form that repeat: sessions and lines of the programme, added and taken away one at a time."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form as PlainForm
from wtforms import HiddenField
from wtforms.validators import ValidationError

from kstthc_training.events.drafts import AgendaItemDraft, SessionDraft
from kstthc_training.text import whole_number
from kstthc_training.web.forms import DayField, Form, HourField, LineField, Needed, instant_of


class Row(PlainForm):
    """A row inside a form; the form around it holds the proof of origin."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return Form.Meta().get_translations(form)

    def is_blank(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(_typed(field) for field in self if not isinstance(field, HiddenField))


class SessionRow(Row):
    """A buổi: its day, from when to when, and a name such as 'Sáng' where there are several."""

    id = HiddenField()
    day = DayField(_("Ngày"), validators=[Needed(_("Hãy điền ngày của buổi, như 29/10/2026."))])
    starts = HourField(_("Bắt đầu"), validators=[Needed(_("Hãy điền giờ bắt đầu, như 08:00."))])
    ends = HourField(_("Kết thúc"), validators=[Needed(_("Hãy điền giờ kết thúc, như 11:00."))])
    name = LineField(_("Tên buổi"), longest=100)

    def validate_ends(self, field: Any) -> None:
        if self.starts.data is not None and field.data is not None and field.data <= self.starts.data:
            raise ValidationError(str(_("Giờ kết thúc phải sau giờ bắt đầu.")))

    def draft(self) -> SessionDraft | None:
        """The session as typed, or None while its day or hours can't be read."""
        starts_at, ends_at = instant_of(self.day.data, self.starts.data), instant_of(self.day.data, self.ends.data)
        if starts_at is None or ends_at is None:
            return None
        known = whole_number(str(self.id.data or ""))
        return SessionDraft(id=known, name=self.name.data or "", starts_at=starts_at, ends_at=ends_at)


class AgendaRow(Row):
    """A line of the programme; `day_number` counts the days on which the event has sessions."""

    day_number = HiddenField(default="1")
    starts = HourField(_("Từ"), validators=[Needed(_("Hãy điền giờ của mục này, như 08:00."))])
    ends = HourField(_("Đến"))
    title = LineField(_("Nội dung"), validators=[Needed(_("Hãy điền nội dung của mục này."))])
    speakers = LineField(_("Người trình bày"))

    def validate_ends(self, field: Any) -> None:
        if self.starts.data is not None and field.data is not None and field.data <= self.starts.data:
            raise ValidationError(str(_("Giờ kết thúc phải sau giờ bắt đầu.")))

    def draft(self, days: list[Any]) -> AgendaItemDraft | None:
        """The line as typed, on the day that its number names among `days`; None while its hour can't be read."""
        day = days[min(self.chosen_day, len(days)) - 1] if days else None
        starts_at: datetime | None = instant_of(day, self.starts.data)
        if starts_at is None:
            return None
        ends_at = instant_of(day, self.ends.data)
        return AgendaItemDraft(
            starts_at=starts_at, ends_at=ends_at, title=self.title.data or "", speakers=self.speakers.data or ""
        )

    @property
    def chosen_day(self) -> int:
        """The number of the day, from 1."""
        return whole_number(str(self.day_number.data or ""), most=999) or 1


def _typed(field: Any) -> Any:
    return str(field.raw_data[0]).strip() if field.raw_data else field.data


def add_row(rows: Any) -> None:
    """One more blank row at the end."""
    rows.append_entry()


def remove_row(rows: Any, number: str) -> None:
    """Take the row away that the form calls `number`; the last one is emptied instead."""
    rows.entries[:] = [entry for entry in rows.entries if entry.name.rpartition("-")[2] != number]
    if not rows.entries:
        rows.append_entry()


def drop_blank_rows(rows: Any, *, keep: int) -> None:
    """Take away rows in which nothing was typed, but for `keep` of them."""
    filled = [entry for entry in rows.entries if not entry.form.is_blank()]
    blank = [entry for entry in rows.entries if entry.form.is_blank()]
    rows.entries[:] = filled + blank[: max(0, keep - len(filled))]
