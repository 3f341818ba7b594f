"""What is typed when people register, are named, or are added."""

from collections.abc import Iterable, Mapping
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from wtforms import FormField, IntegerField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from kstthc_training.organisations.queries import OrganisationChoice
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.enums import Credential, Place
from kstthc_training.registrations.rule_words import CREDENTIALS, PLACES
from kstthc_training.registrations.service import NewPerson, PressPapers
from kstthc_training.registrations.words import refusal_words
from kstthc_training.web.forms import EmailField, Form, LineField, Needed, PhoneField, Rows, chosen_number

MOST_NEW_PEOPLE = 30


def offered_leniently() -> dict[str, Any]:
    """How a choice says that what was sent is none of it."""
    return {"validate_choice": False, "invalid_value_message": _("Hãy chọn một trong những giá trị có sẵn.")}


def choices_of(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """The members of an enumeration as choices, in words."""
    return [SelectChoice(member, label) for member, label in words.items()]


class RegistrationForm(Form):
    """A form of this feature: refusals are put into words with their times and figures."""

    def refuse(self, refusal: Refusal) -> None:
        words = refusal_words(refusal)
        if words is None:
            raise refusal
        self.form_errors.append(words)


class RegisterForm(RegistrationForm):
    """One button."""


class TakingPartForm(RegistrationForm):
    """Where somebody takes part, and what a journalist shows; `fit` leaves what the event asks."""

    place = wtforms.RadioField(
        _("Dự ở đâu"), choices=choices_of(PLACES), coerce=Place, default=Place.ROOM, **offered_leniently()
    )
    credential = wtforms.RadioField(
        _("Giấy tờ báo chí"), choices=choices_of(CREDENTIALS), coerce=Credential, **offered_leniently()
    )
    credential_number = LineField(_("Số giấy tờ"), longest=60)

    def fit(self, *, asks_place: bool, asks_papers: bool) -> None:
        """Leave out what is not asked."""
        for name in ([] if asks_place else ["place"]) + ([] if asks_papers else ["credential", "credential_number"]):
            del self[name]

    def chosen_place(self) -> Place | None:
        """Where he takes part, None where there is nothing to choose."""
        return self.place.data if "place" in self else None

    def papers(self) -> PressPapers | None:
        """What he shows, None when nothing is asked."""
        if "credential" not in self:
            return None
        return PressPapers(self.credential.data, self.credential_number.data)

    def validate_credential(self, field: Any) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(str(_("Hãy chọn thẻ nhà báo hoặc giấy giới thiệu.")))

    def validate_credential_number(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(str(_("Hãy ghi số thẻ hoặc số giấy giới thiệu.")))


class CancelForm(RegistrationForm):
    """Taking a registration back, with a reason if one likes."""

    reason = LineField(_("Lý do"), longest=300)


class RefuseForm(RegistrationForm):
    """Refusing somebody, with the reason that he is told."""

    reason = LineField(
        _("Lý do"), longest=300, validators=[Needed(_("Hãy ghi lý do từ chối: mỗi người được báo bằng thư."))]
    )


class OfferForm(RegistrationForm):
    """One button: the seat that is kept is taken, or let go."""


class CapacityForm(RegistrationForm):
    """The number of seats; empty is no limit."""

    capacity = IntegerField(
        _("Số chỗ"),
        validators=[Optional(), NumberRange(1, 100_000, _("Số chỗ là số nguyên từ 1 đến 100.000."))],
    )

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        if self.capacity.process_errors:
            self.capacity.process_errors = [_("Số chỗ là số nguyên từ 1 đến 100.000.")]


class NewPersonFields:
    """Name, title, phone and e-mail of somebody new."""

    full_name = LineField(_("Họ và tên"), longest=150)
    title = LineField(_("Chức vụ"), longest=200)
    phone = PhoneField(_("Điện thoại"))
    email = EmailField(_("Email"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.data for field in (self.full_name, self.title, self.phone, self.email))

    def new_person(self) -> NewPerson:
        """What was typed."""
        return NewPerson(full_name=self.full_name.data, title=self.title.data, phone=self.phone.data, email=self.email.data)


class NewPersonRow(NewPersonFields, wtforms.Form):
    """A row for somebody new; an empty one is nobody."""

    def validate_full_name(self, field: Any) -> None:
        if not field.data and not self.is_blank:
            raise ValidationError(_("Hãy ghi họ và tên."))


class NominationForm(RegistrationForm):
    """People ticked, which the view reads, and rows for new ones."""

    new_people = Rows(FormField(NewPersonRow), min_entries=1, max_entries=MOST_NEW_PEOPLE)

    def named(self) -> list[NewPerson]:
        """The rows that were filled."""
        return [row.form.new_person() for row in self.new_people if not row.form.is_blank]

    def with_empty_row(self) -> None:
        """One more row to type in, as long as there is room."""
        filled = bool(self.new_people.entries) and not self.new_people.entries[-1].form.is_blank
        if filled and len(self.new_people) < MOST_NEW_PEOPLE:
            self.new_people.append_entry()


class AddPersonForm(NewPersonFields, RegistrationForm):
    """Somebody new for an event, with the organisation chosen from those of today."""

    organisation_id = wtforms.SelectField(_("Đơn vị"), coerce=lambda value: chosen_number(value) if value else None)

    def offer(self, organisations: Iterable[OrganisationChoice]) -> None:
        """Let one of these be chosen, or none."""
        choices = [SelectChoice("", _("Không thuộc đơn vị nào"))]
        choices += [SelectChoice(str(o.id), o.label) for o in organisations]
        self.organisation_id.choices = choices

    def validate_full_name(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Hãy ghi họ và tên."))
