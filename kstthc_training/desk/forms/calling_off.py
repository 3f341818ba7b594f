"""Why an event is postponed or cancelled, and the end of a draft."""

from flask_babel import lazy_gettext as _

from kstthc_training.desk.forms.refusals import place_and_words
from kstthc_training.refusals import Refusal
from kstthc_training.web.forms import Form, LineField, Needed


class CallOffForm(Form):
    """The reason, which everyone concerned reads."""

    reason = LineField(_("Lý do"), longest=300, validators=[Needed(_("Hãy ghi lý do; những người đã đăng ký sẽ đọc."))])

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the reason, else at the top."""
        field, words = place_and_words(refusal)
        if field == "reason":
            self.reason.errors = [words]
        else:
            self.form_errors.append(words)


class DiscardForm(Form):
    """One button."""

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the top."""
        self.form_errors.append(place_and_words(refusal)[1])
