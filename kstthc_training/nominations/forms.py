"""What is typed when an invitation is answered."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, FormField, HiddenField, IntegerField, ValidationError
from wtforms.validators import NumberRange, Optional

from kstthc_training.invitations.words import refusal_words
from kstthc_training.nominations.list_words import problem_words
from kstthc_training.nominations.listing import MOST_LISTED, ListedRow, RowProblem
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.forms import NewPersonFields, NominationForm, RegistrationForm
from kstthc_training.registrations.service import NewPerson
from kstthc_training.text import whole_number
from kstthc_training.web.forms import Form, LineField, Rows

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


class SwapForm(NewPersonFields, RegistrationForm):
    """Who comes in somebody's place: one of the organisation, or somebody new."""

    nguoi = LineField()

    @property
    def chosen(self) -> int | None:
        """The one chosen among the people of the organisation; None for somebody new."""
        return whole_number(self.nguoi.data or "")

    def validate_full_name(self, field: Any) -> None:
        if self.chosen is not None and not self.is_blank:
            raise ValidationError(gettext("Chọn một người có sẵn, hoặc ghi tên người mới; không cả hai."))
        if self.chosen is None and not field.data:
            raise ValidationError(gettext("Hãy chọn một người, hoặc ghi họ và tên người mới."))


class ListFileForm(Form):
    """A list of people in a file."""

    file = FileField(_("Tệp danh sách"))

    @property
    def is_choosing(self) -> bool:
        """Whether the form with the file was sent, rather than the rows of one that was looked at."""
        return "file" in request.files

    def validate_file(self, field: Any) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(gettext("Hãy chọn một tệp."))


class ListedRowForm(NewPersonFields, wtforms.Form):
    """One row of a list that was looked at: whom it names, and whether he is ticked."""

    chon = BooleanField()
    person_id = HiddenField()
    line = HiddenField()
    problem = HiddenField()

    @property
    def problem_words(self) -> str:
        """Why the row is not taken; '' for one that may be."""
        code, _colon, hint = (self.problem.data or "").partition(":")
        return problem_words(RowProblem(code), hint) if code in set(RowProblem) else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """A row that something speaks against is not named, so nothing in it has to be right."""
        return bool(self.problem.data) or super().validate(extra_validators)

    def validate_full_name(self, field: Any) -> None:
        if self.chon.data and not field.data:
            raise ValidationError(gettext("Hãy ghi họ và tên."))


class ListedForm(RegistrationForm):
    """The rows of a list that was looked at, those to be named ticked."""

    rows = Rows(FormField(ListedRowForm), max_entries=MOST_LISTED)

    @classmethod
    def about(cls, rows: Sequence[ListedRow], *, most: int | None) -> "ListedForm":
        """The rows as they were read; of those that may be taken as many are ticked as there are places."""
        good = [row.line for row in rows if row.problem is None]
        ticked = set(good if most is None else good[:most])
        return cls(formdata=None, data={"rows": [_row_data(row, row.line in ticked) for row in rows]})

    @property
    def good(self) -> list[ListedRowForm]:
        """The rows that may be taken."""
        return [row.form for row in self.rows if not row.form.problem.data]

    @property
    def bad(self) -> list[ListedRowForm]:
        """The rows that something speaks against."""
        return [row.form for row in self.rows if row.form.problem.data]

    def people(self) -> tuple[list[int], list[NewPerson]]:
        """Those ticked: known people by their ids, and new ones."""
        ticked = [row for row in self.good if row.chon.data]
        known = [whole_number(row.person_id.data or "") for row in ticked]
        return (
            [number for number in known if number is not None],
            [row.new_person() for row, number in zip(ticked, known, strict=True) if number is None],
        )

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the top, those about invitations too."""
        words = refusal_words(refusal)
        if words is None:
            raise refusal
        self.form_errors.append(words)


def _row_data(row: ListedRow, is_ticked: bool) -> dict[str, object]:
    return {
        **vars(row.person),
        "chon": is_ticked,
        "person_id": row.person_id or "",
        "line": row.line,
        "problem": f"{row.problem}:{row.hint}" if row.problem else "",
    }
