"""The base of every form: words in the reader's language, text cleaned on the way in, refusals turned into words."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask import request
from flask_babel import get_domain, gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FileField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from kstthc_training import clock, text
from kstthc_training.clock import FIRST_YEAR, LAST_YEAR
from kstthc_training.refusals import Refusal

LONGEST_LINE = 500
LONGEST_PROSE = 20_000


# WTForms speaks English alone; what our fields can make it say stands here in the source language.
_OF_WTFORMS = {
    "Not a valid choice.": lazy_gettext("Lựa chọn này không có trong danh sách. Hãy chọn lại."),
    "Invalid Choice: could not coerce.": lazy_gettext("Lựa chọn này không có trong danh sách. Hãy chọn lại."),
    "Not a valid integer value.": lazy_gettext("Hãy gõ một số nguyên, ví dụ 40."),
    "Number must be at least %(min)s.": lazy_gettext("Số này phải từ %(min)s trở lên."),
    "Number must be at most %(max)s.": lazy_gettext("Số này nhiều nhất là %(max)s."),
    "Number must be between %(min)s and %(max)s.": lazy_gettext("Số này phải từ %(min)s đến %(max)s."),
    "This field is required.": lazy_gettext("Hãy điền ô này."),
    "Invalid email address.": lazy_gettext("Địa chỉ thư không đúng. Hãy gõ như ten@donvi.gov.vn."),
    "Invalid URL.": lazy_gettext("Địa chỉ không đúng. Hãy gõ đủ, bắt đầu bằng https://."),
    "Invalid input.": lazy_gettext("Nội dung này không nhận được. Hãy sửa lại."),
}


class _Words:
    """WTForms' own messages in the reader's language."""

    def gettext(self, message: str) -> str:
        return str(_OF_WTFORMS.get(message) or gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return str(get_domain().get_translations().ungettext(singular, plural, number))  # WTForms fills in the values


class Form(FlaskForm):
    """A form that holds the words for each refusal it can meet, in `refusal_words`."""

    refusal_words: ClassVar[Mapping[type[Refusal], Any]] = {}

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return _Words()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was typed: text for every field but those for files, and nothing when JSON came in a form's place."""
            given = None if request.is_json else super().wrap_formdata(form, formdata)
            if given is None:
                return None
            files = {name for name, field in form._fields.items() if isinstance(field, FileField)}
            return MultiDict(item for item in given.items(multi=True) if isinstance(item[1], str) or item[0] in files)

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the top of the form; an unforeseen one is raised again."""
        words = next((w for kind, w in self.refusal_words.items() if isinstance(refusal, kind)), None)
        if words is None:
            raise refusal
        self.form_errors.append(str(words) % refusal.facts if refusal.facts else str(words))


class LineField(StringField):
    """One line of text, cleaned: NFC, no control characters, single spaces, at most `longest` characters."""

    def __init__(self, *args: Any, longest: int = LONGEST_LINE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = text.clean_line(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        _refuse_longer(self.data, self.longest)


class ProseField(TextAreaField):
    """Several lines of text, cleaned, at most `longest` characters."""

    def __init__(self, *args: Any, longest: int = LONGEST_PROSE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = text.clean(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        _refuse_longer(self.data, self.longest)


def _refuse_longer(value: str | None, longest: int) -> None:
    if value and len(value) > longest:
        raise ValidationError(
            gettext("Dài %(length)s ký tự, nhiều nhất là %(longest)s. Hãy rút ngắn.", length=len(value), longest=longest)
        )


class EmailField(LineField):
    """An e-mail address that letters can be sent to, or nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, longest=text.LONGEST_ADDRESS, **kwargs)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not text.is_address(self.data):
            raise ValidationError(gettext("Email này không gửi thư tới được. Hãy gõ như ten@co-quan.gov.vn."))


class PhoneField(LineField):
    """A telephone number of the country in any of its spellings, or nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, longest=40, **kwargs)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not text.phone_digits(self.data):
            raise ValidationError(gettext("Số điện thoại không đọc được. Hãy gõ như 0912 345 678."))


class Boxes(SelectMultipleField):
    """Several of a few: boxes that may all stay empty."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError as refused:
            raise ValidationError(_OF_WTFORMS["Not a valid choice."]) from refused


class Rows(FieldList):
    """Rows of fields numbered in their names, `sessions-0-day`; a name whose number is none belongs to no row."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        parts = (name[len(prefix) + 1 :].partition("-")[0] for name in formdata if name.startswith(prefix))
        return (number for part in parts if (number := text.whole_number(part)) is not None)


def chosen_number(value: Any) -> int:
    """How a field with ids to choose from reads one (its `coerce`): from 0, and never more than a column holds."""
    number = text.whole_number(str(value))
    if number is None:
        raise ValueError(value)
    return number


class VersionField(HiddenField):
    """The version that somebody had before them when they began to type, in a hidden field; 0 when it can't be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = text.whole_number(valuelist[0]) or 0 if valuelist else 0


class DayField(Field):
    """A day typed as `05/03/2026` (also 5/3/2026 or 5-3-2026); `data` is a date or None."""

    widget = StringField.widget
    _shape = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z", re.ASCII)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%d/%m/%Y}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = text.clean_line(valuelist[0]) if valuelist else ""
        self.data = None
        if typed:
            self.data = self._read(typed)

    def _read(self, typed: str) -> date:
        match = self._shape.match(typed)
        try:
            if match and FIRST_YEAR <= int(match[3]) <= LAST_YEAR:
                return date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            pass
        raise ValueError(gettext("Ngày không đọc được. Hãy gõ như 05/03/2026."))


class HourField(Field):
    """A time of day typed as `13:30` (also 13h30, 13.30, 1330); `data` is a time or None."""

    widget = StringField.widget
    _shape = re.compile(r"(\d{1,2})(?:[:hg.]?(\d{2}))?h?\Z", re.ASCII)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = text.clean_line(valuelist[0]).lower() if valuelist else ""
        self.data = None
        if typed:
            self.data = self._read(typed)

    def _read(self, typed: str) -> time:
        match = self._shape.match(typed)
        if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
            return time(int(match[1]), int(match[2] or 0))
        raise ValueError(gettext("Giờ không đọc được. Hãy gõ như 13:30."))


class Needed:
    """A field that must be filled; the message says what to type."""

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message or lazy_gettext("Hãy điền ô này.")

    def __call__(self, form: Any, field: Any) -> None:
        if field.errors or field.data or field.data == 0:
            return
        raise ValidationError(str(self.message))


def instant_of(day: date | None, hour: time | None) -> datetime | None:
    """The instant of a typed day and hour, or None when either is missing."""
    return clock.at_local(day, hour) if day and hour is not None else None
