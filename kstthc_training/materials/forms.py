"""What is chosen when a paper is given."""

from pathlib import PurePosixPath
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from kstthc_training import clock
from kstthc_training.files.kinds import KindNotTaken, NotWhatItSays
from kstthc_training.files.store import SentFile, TooLarge
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.errors import EmptyFile
from kstthc_training.materials.models import Material
from kstthc_training.materials.service import MaterialDraft
from kstthc_training.materials.words import AUDIENCE_WORDS
from kstthc_training.web.forms import DayField, Form, HourField, LineField, VersionField, instant_of


class AvailabilityForm(Form):
    """For whom a paper is, and from when on."""

    audience = RadioField(
        _("Ai được xem"),
        choices=[SelectChoice(a.value, words) for a, words in AUDIENCE_WORDS.items()],
        default=MaterialAudience.REGISTERED.value,
    )
    day = DayField(_("Phát từ ngày"))
    hour = HourField(_("Lúc"))

    def validate_hour(self, field: Any) -> None:
        if self.day.data and field.data is None and not field.errors:
            raise ValidationError(_("Đã có ngày, hãy điền giờ phát, ví dụ 14:00."))
        if field.data is not None and not self.day.data and not self.day.process_errors:
            raise ValidationError(_("Đã có giờ, hãy điền ngày phát, hoặc để trống cả hai để phát ngay."))

    @property
    def chosen_audience(self) -> MaterialAudience:
        """For whom."""
        return MaterialAudience(self.audience.data)

    @property
    def available_at(self) -> Any:
        """From when on; None for at once."""
        return instant_of(self.day.data, self.hour.data)


class ChangeForm(AvailabilityForm):
    """The same of a paper that is there, as somebody had it before him when he began to type."""

    version = VersionField(default=0)

    @classmethod
    def about(cls, material: Material, **kwargs: Any) -> "ChangeForm":
        """The form of a paper, whose fields are told by its id from those of others on the page."""
        at = material.available_at
        stored = {
            "audience": material.audience.value,
            "day": clock.local_date(at) if at else None,
            "hour": clock.local(at).time() if at else None,
            "version": material.version,
        }
        return cls(prefix=f"tl{material.id}-", data=stored, **kwargs)


class UploadForm(AvailabilityForm):
    """A file with its name."""

    file = FileField(_("Tệp"))
    title = LineField(_("Tên tài liệu"), longest=200)

    refusal_words: ClassVar[dict[Any, Any]] = {
        EmptyFile: _("Tệp này rỗng. Hãy chọn tệp khác."),
        TooLarge: _("Tệp lớn quá. Mỗi tệp nhiều nhất %(limit_mb)s MB."),
        KindNotTaken: _("Không nhận tệp .%(ending)s. Nhận các loại: %(taken)s."),
        NotWhatItSays: _("Nội dung tệp không phải là .%(ending)s thật. Hãy mở tệp, lưu lại đúng loại rồi tải lên."),
    }

    def validate_file(self, field: Any) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(_("Hãy chọn một tệp."))

    def draft(self, file: SentFile) -> MaterialDraft:
        """What is said of the paper; without a title it is called as its file."""
        return MaterialDraft(
            title=self.title.data or PurePosixPath(file.name).stem or file.name,
            file_name=file.name,
            media_type=file.media_type,
            audience=self.chosen_audience,
            available_at=self.available_at,
        )
