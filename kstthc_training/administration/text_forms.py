"""What is typed when a letter is worded anew."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kstthc_training.messages.texts.errors import MissingPlaceholder, NothingSaid, UnknownPlaceholder
from kstthc_training.messages.texts.filling import Text
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.web.forms import Form, LineField, ProseField, VersionField

LONGEST_SUBJECT, LONGEST_BODY = 200, 6_000


class TextForm(Form):
    """A letter's subject and body in both languages, each with the version that was seen."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        Stale: _l("Người khác vừa sửa thư này. Xem chỗ khác nhau bên dưới, sửa cho đúng rồi lưu lần nữa."),
    }
    subject_vi = LineField(_l("Tiêu đề"), longest=LONGEST_SUBJECT)
    body_vi = ProseField(_l("Nội dung"), longest=LONGEST_BODY)
    version_vi = VersionField()
    subject_en = LineField(_l("Tiêu đề"), longest=LONGEST_SUBJECT)
    body_en = ProseField(_l("Nội dung"), longest=LONGEST_BODY)
    version_en = VersionField()

    def text(self, locale: str) -> Text:
        """What was typed in a language."""
        return Text(self[f"subject_{locale}"].data or "", self[f"body_{locale}"].data or "")

    def seen(self, locale: str) -> int:
        """The version that was seen when the typing began."""
        return int(self[f"version_{locale}"].data or 0)

    def show(self, locale: str, text: Text, version: int) -> None:
        """Fill the form with how a letter reads in a language."""
        self[f"subject_{locale}"].data, self[f"body_{locale}"].data = text.subject, text.body
        self[f"version_{locale}"].data = version

    def refuse_in(self, locale: str, refusal: Refusal) -> None:
        """Put the words for what a text lacks at its field."""
        words = text_refusal_words(refusal)
        if words is None:
            self.refuse(refusal)
            return
        part = "subject" if isinstance(refusal, NothingSaid) and not self[f"subject_{locale}"].data else "body"
        field = self[f"{part}_{locale}"]
        field.errors = [*field.errors, words]

    @property
    def has_errors(self) -> bool:
        """Whether anything typed is refused."""
        return bool(self.form_errors) or any(field.errors for field in self)


def text_refusal_words(refusal: Refusal) -> str | None:
    """Why a text will not do, and what to do."""
    if isinstance(refusal, UnknownPlaceholder):
        return _(
            "%(written)s không điền được trong thư này. Chọn trong các chỗ điền ở đầu trang, hoặc bỏ dấu ngoặc nhọn. "
            "Liên kết chỉ đặt trong nội dung.",
            written=refusal.facts["written"],
        )
    if isinstance(refusal, MissingPlaceholder):
        return _("Thư này phải có %(missing)s. Hãy thêm lại vào nội dung.", missing=refusal.facts["missing"])
    if isinstance(refusal, NothingSaid):
        return _("Hãy gõ cả tiêu đề và nội dung.")
    return None
