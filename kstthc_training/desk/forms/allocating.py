"""What may be typed while an allocation is prepared and decided."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from kstthc_training.refusals import Refusal, Stale
from kstthc_training.registrations.allocation import Criterion, Word
from kstthc_training.registrations.allocation_words import WORDS
from kstthc_training.registrations.forms import RegistrationForm
from kstthc_training.registrations.queries.allocation import Chosen, Plan
from kstthc_training.text import clean_line
from kstthc_training.web.forms import LineField, VersionField

LARGEST = 1000


class AllocatingForm(RegistrationForm):
    """A change of the allocation, with the version of it that was looked at."""

    version = VersionField()

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, Stale):
            self.form_errors.append(_("Có người vừa đổi hoặc đã quyết định phương án này. Dưới đây là bản mới nhất."))
        else:
            super().refuse(refusal)


class CriteriaForm(AllocatingForm):
    """One change of the criteria: which one (`criterion`) and what becomes of it (`act`)."""

    criterion = StringField()
    act = StringField()
    most = IntegerField(_("Số người tối đa một đơn vị"), validators=[Optional(), NumberRange(1, LARGEST)])

    def changed(self, plan: Plan) -> list[Chosen]:
        """The criteria after the change; what can't be done leaves them as they are."""
        criteria = list(plan.criteria)
        place = next((n for n, chosen in enumerate(criteria) if chosen.criterion == self.criterion.data), None)
        if place is None:
            return criteria
        old = criteria[place]
        if self.act.data in ("up", "down"):
            other = place + (1 if self.act.data == "down" else -1)
            if 0 <= other < len(criteria):
                criteria[place], criteria[other] = criteria[other], criteria[place]
        elif self.act.data in ("on", "off"):
            criteria[place] = Chosen(old.criterion, self.act.data == "on", old.most)
        elif old.criterion is Criterion.MOST_PER_ORGANISATION and self.most.data:
            criteria[place] = Chosen(old.criterion, True, self.most.data)
        return criteria


class SayForm(AllocatingForm):
    """The organizer's word about one applicant, with the reason that is kept."""

    word = RadioField(
        _("Xếp người này"),
        choices=[SelectChoice("", WORDS[None]), *(SelectChoice(str(word), WORDS[word]) for word in Word)],
        default="",
    )
    reason = LineField(_("Lý do"), longest=300)

    @property
    def chosen_word(self) -> Word | None:
        """The word, None when the criteria alone decide."""
        return Word(self.word.data) if self.word.data else None


class DecideForm(AllocatingForm):
    """The decision, with the mark of what was looked at."""

    seen = HiddenField(filters=[lambda value: clean_line(value or "")])
