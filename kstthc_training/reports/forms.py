"""What may be typed on the pages of reports."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from kstthc_training.reports import periods
from kstthc_training.reports.periods import Period
from kstthc_training.web.forms import DayField, Form, Needed


class FreeDays(Form):
    """From which day to which, both included; asked by GET, so that the address says it."""

    class Meta(Form.Meta):
        csrf = False

    tu = DayField(_("Từ ngày"), validators=[Needed(_("Hãy gõ ngày đầu, như 15/06/2026."))])
    den = DayField(_("Đến ngày"), validators=[Needed(_("Hãy gõ ngày cuối, như 14/09/2026."))])

    def validate_den(self, field: Any) -> None:
        """Days run forwards, and not over more than five years."""
        if self.tu.data and field.data:
            try:
                periods.free(self.tu.data, field.data)
            except ValueError as wrong:
                raise ValidationError(gettext("Ngày cuối phải từ ngày đầu trở đi, cách nhiều nhất năm năm.")) from wrong

    def period(self) -> Period:
        """The days typed, once they are valid."""
        assert self.tu.data and self.den.data  # noqa: S101 - the validators saw to it
        return periods.free(self.tu.data, self.den.data)
