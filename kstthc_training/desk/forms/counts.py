"""A number of people."""

from typing import Any

from flask_babel import gettext
from wtforms import StringField

from kstthc_training.text import clean_line, whole_number

BIGGEST = 100_000


class CountField(StringField):
    """A whole number from 1 to 100 000, typed with or without thousands' dots; `data` is an int or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean_line(valuelist[0]).replace(".", "").replace(" ", "") if valuelist else ""
        self.data = None
        if typed:
            self.data = self._read(typed)

    def _read(self, typed: str) -> int:
        if number := whole_number(typed, most=BIGGEST):
            return number
        raise ValueError(gettext("Hãy gõ một số từ 1 trở lên, như 120."))
