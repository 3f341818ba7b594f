"""What is typed when an invitation is answered."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from kstthc_training.invitations.words import refusal_words
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.forms import NominationForm
from kstthc_training.web.forms import Form, LineField

_PLACES = _("Số chỗ là số nguyên từ 1 đến 1.000.")


class AnswerForm(Form):
    """Yes for so many places, or no with a reason if one likes."""

    places = IntegerField(_("Số chỗ nhận"), validators=[Optional(), NumberRange(1, 1000, _PLACES)])
    reason = LineField(_("Lý do không dự được"), longest=300)

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        if self.places.process_errors:
            self.places.process_errors = [_PLACES]

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the top."""
        words = refusal_words(refusal)
        if words is None:
            raise refusal
        self.form_errors.append(words)


class InvitedNominationForm(NominationForm):
    """People named by invitation or without one."""

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the top, those about invitations too."""
        words = refusal_words(refusal)
        if words is None:
            raise refusal
        self.form_errors.append(words)
