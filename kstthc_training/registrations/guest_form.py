"""The one page that a guest without an account fills: who he is, how he is reached, and what the event asks of him."""

import re
from collections.abc import Sequence
from typing import Any, cast

import wtforms
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from kstthc_training import ids
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.events.models import Event
from kstthc_training.files.carried import carried, note_of
from kstthc_training.files.kinds import KindNotTaken, NotWhatItSays
from kstthc_training.files.sent import receive
from kstthc_training.files.store import SentFile, TooLarge
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.asking import AskingForm, asking_form
from kstthc_training.registrations.enums import Credential, Place
from kstthc_training.registrations.forms import choices_of, offered_leniently
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.policy import Rules, papers_asked, papers_wanted
from kstthc_training.registrations.rule_words import CREDENTIALS, PLACES
from kstthc_training.registrations.service import GuestDraft, PressPapers
from kstthc_training.web.forms import EmailField, LineField, Needed, PhoneField

LETTER_LIMIT = 5_000_000  # octets
LETTER_ENDINGS = ("pdf", "jpg", "jpeg", "png")
_SECRET = re.compile(r"[\w-]{43}\Z", re.ASCII)
_LETTER_WORDS: dict[type[Refusal], Any] = {
    TooLarge: _("Tệp lớn quá. Giấy giới thiệu nhiều nhất %(limit_mb)s MB: hãy chụp lại nhỏ hơn."),
    KindNotTaken: _("Không nhận tệp .%(ending)s. Hãy chọn ảnh JPEG, PNG hoặc tệp PDF."),
    NotWhatItSays: _("Nội dung tệp không phải là .%(ending)s thật. Hãy chụp lại giấy giới thiệu rồi chọn ảnh ấy."),
}


_NO_JOURNALIST = "none"


def _credential(value: Any) -> Credential | str | None:
    """None while nothing is chosen."""
    return value if value in (None, _NO_JOURNALIST) else Credential(value)


class GuestForm(AskingForm):
    """What a guest types; `fit` leaves what the event asks. A letter that came along stays when the form comes back."""

    full_name = LineField(_("Họ và tên"), longest=150, validators=[Needed(_("Hãy ghi họ và tên."))])
    organisation = LineField(
        _("Cơ quan, đơn vị"), longest=200, validators=[Needed(_("Hãy ghi tên cơ quan, đơn vị. Làm tự do thì ghi “Tự do”."))]
    )
    title = LineField(_("Chức vụ"), longest=200)
    phone = PhoneField(_("Điện thoại"))
    email = EmailField(_("Email"))
    credential = wtforms.RadioField(
        _("Giấy tờ báo chí"), choices=choices_of(CREDENTIALS), coerce=_credential, **offered_leniently()
    )
    credential_number = LineField(_("Số thẻ hoặc số giấy giới thiệu"), longest=60)
    letter = FileField(_("Giấy giới thiệu, chụp hoặc bản PDF"))
    place = wtforms.RadioField(
        _("Dự ở đâu"), choices=choices_of(PLACES), coerce=Place, default=Place.ROOM, **offered_leniently()
    )
    form_secret = wtforms.HiddenField()
    letter_note = wtforms.HiddenField()

    sent_letter: SentFile | None = None
    letter_refusal = ""

    def fit(self, event: Event, rules: Rules) -> None:
        """Leave out what the event does not ask."""
        if event.mode is not EventMode.BOTH:
            del self["place"]
        if event.audience is Audience.PRESS:
            self.organisation.label.text = str(_("Cơ quan báo chí"))
        if not papers_asked(event, rules):
            for name in ("credential", "credential_number", "letter", "letter_note"):
                del self[name]
        elif not papers_wanted(event, rules):
            self.credential.choices = [
                *choices_of(CREDENTIALS),
                SelectChoice(_NO_JOURNALIST, str(_("Không phải phóng viên"))),
            ]

    def take_letter(self) -> None:
        """Put the letter that comes along on disk, or find the one that came before."""
        if "letter" not in self:
            return
        file = self.letter.data
        if file and file.filename:
            try:
                self.sent_letter = receive(file.stream, name=file.filename, limit=LETTER_LIMIT, among=LETTER_ENDINGS)
            except Refusal as refusal:
                self.letter_refusal = str(_LETTER_WORDS[type(refusal)]) % refusal.facts
        else:
            self.sent_letter = carried(self.letter_note.data or "", form=self.secret())
        self.letter_note.data = note_of(self.sent_letter, form=self.secret()) if self.sent_letter else ""

    def secret(self) -> str:
        """The secret of this page, a new one when none that could be ours came along."""
        if not _SECRET.match(self.form_secret.data or ""):
            self.form_secret.data = ids.random_secret()
        return str(self.form_secret.data)

    def draft(self) -> GuestDraft:
        """What was typed."""
        return GuestDraft(
            form_secret=self.secret(),
            full_name=self.full_name.data,
            organisation=self.organisation.data,
            title=self.title.data,
            phone=self.phone.data,
            email=self.email.data,
            place=self.place.data if "place" in self else None,
            papers=self._papers(),
            letter=self.sent_letter,
            answers=self.answers(),
        )

    def validate_full_name(self, field: Any) -> None:
        if field.data and not any(letter.isalpha() for letter in field.data):
            raise ValidationError(str(_("Hãy ghi họ và tên.")))

    def validate_phone(self, field: Any) -> None:
        if not field.data and not self.email.data and not field.errors:
            raise ValidationError(str(_("Hãy ghi số điện thoại hoặc email, để ban tổ chức trả lời.")))

    def validate_credential(self, field: Any) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(str(_("Hãy chọn thẻ nhà báo hoặc giấy giới thiệu.")))

    def validate_credential_number(self, field: Any) -> None:
        kind = self.credential.data
        if kind is Credential.PRESS_CARD and not field.data:
            raise ValidationError(str(_("Hãy ghi số thẻ nhà báo.")))
        if kind is Credential.INTRODUCTION and not (field.data or self.sent_letter or self.letter_refusal):
            raise ValidationError(str(_("Hãy ghi số giấy giới thiệu, hoặc gửi kèm ảnh chụp giấy ở dưới.")))

    def validate_letter(self, _field: Any) -> None:
        if self.letter_refusal:
            raise ValidationError(self.letter_refusal)

    def _papers(self) -> PressPapers | None:
        if "credential" not in self or self.credential.data == _NO_JOURNALIST:
            return None
        return PressPapers(self.credential.data, self.credential_number.data)


def guest_form(event: Event, rules: Rules, questions: Sequence[Question]) -> GuestForm:
    """The form of an event, with its questions."""
    form = cast(GuestForm, asking_form(questions, of=GuestForm))
    form.fit(event, rules)
    form.secret()
    return form
