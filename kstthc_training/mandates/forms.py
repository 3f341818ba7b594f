"""What may be typed about mandatory trainings."""

from datetime import date
from typing import Any, ClassVar, cast

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from kstthc_training.mandates.errors import DocumentMissing, NobodyChosen
from kstthc_training.mandates.models import Mandate
from kstthc_training.mandates.service import MandateDraft
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.web.forms import DayField, Form, LineField, Needed, VersionField, chosen_number


class MandateForm(Form):
    """What a training is called, who ordered it, what it is about and until when."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {Stale: _l("Người khác vừa sửa khóa này. Xem lại rồi lưu lần nữa.")}
    name = LineField(_l("Tên khóa"), [Needed(_l("Hãy gõ tên, ví dụ: Kiểm soát thủ tục hành chính năm 2026."))], longest=300)
    document = LineField(_l("Theo văn bản"), longest=200)
    topic = SelectField(_l("Chủ đề của kế hoạch"), coerce=chosen_number, default=0)
    due_on = DayField(_l("Hạn hoàn thành"), [Needed(_l("Hãy gõ ngày cuối cùng, ví dụ: 30/09/2026."))])
    version = VersionField()

    def offer(self, topics: list[tuple[int, str, str, int]]) -> None:
        """The topics that may be chosen."""
        offered = [SelectChoice(topic, f"{year} · {code} {title}") for topic, code, title, year in topics]
        self.topic.choices = [SelectChoice(0, _l("Không thuộc chủ đề nào")), *offered]

    def show(self, mandate: Mandate) -> None:
        """Fill the form with what is known."""
        self.name.data, self.document.data = mandate.name, mandate.document
        self.topic.data, self.due_on.data, self.version.data = mandate.topic_id or 0, mandate.due_on, mandate.version

    def draft(self) -> MandateDraft:
        """What was typed; ask after `validate`."""
        return MandateDraft(
            name=self.name.data,
            document=self.document.data or "",
            topic_id=self.topic.data or None,
            due_on=cast(date, self.due_on.data),
        )


class PeopleForm(Form):
    """An act on people who were ticked; an exemption names its document."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        NobodyChosen: _l("Chưa chọn ai. Hãy chọn ít nhất một người."),
        DocumentMissing: _l("Hãy ghi số văn bản cho miễn, ví dụ: 125/QĐ-SNV."),
    }
    document = LineField(_l("Văn bản cho miễn"), longest=200)


class PeopleFileForm(Form):
    """A list of names from Excel."""

    file = FileField(_l("Tệp danh sách"), [Needed(_l("Hãy chọn một tệp .xlsx hoặc .csv."))])
