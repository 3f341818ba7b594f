"""What may be typed into the directory, and the words for what is refused."""

from datetime import date
from typing import Any, ClassVar, cast

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from kstthc_training.directory import errors as act_errors
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.importing.organisation_rows import LONGEST_NAME, LONGEST_SHORT
from kstthc_training.directory.wording import KINDS
from kstthc_training.organisations import errors
from kstthc_training.organisations.drafts import OrganisationDetails, OrganisationDraft
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.organisations.queries import OrganisationChoice
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import PersonDraft
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.web.forms import DayField, EmailField, Form, LineField, Needed, PhoneField, VersionField, chosen_number
from kstthc_training.web.locale import named

NONE = SelectChoice(0, _l("Không thuộc nơi nào"))
_STALE = _l("Người khác vừa sửa trang này. Hai bản để cạnh nhau bên dưới: xem lại rồi lưu lần nữa.")


class DetailsForm(Form):
    """Everything but the names of an organisation."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        errors.CodeTaken: _l("Mã %(code)s đang là của %(name)s. Hãy dùng mã khác, hoặc để trống."),
        errors.ParentBeneath: _l("Nơi cấp trên được chọn lại thuộc chính nơi này. Hãy chọn nơi khác."),
        errors.EndsBeforeItBegins: _l("Ngày cuối cùng phải từ ngày bắt đầu trở đi."),
        errors.NameDayTaken: _l("Nơi này đã đổi tên vào chính ngày ấy, thành %(name)s. Hãy chọn ngày khác."),
        errors.OutsideItsTime: _l("Ngày này nằm ngoài thời gian hoạt động của %(name)s."),
        errors.AlreadySucceeded: _l("Đã ghi %(successor)s kế tục nơi này."),
        Stale: _STALE,
    }
    name = LineField(_l("Tên đầy đủ"), [Needed(_l("Hãy gõ tên, ví dụ: Sở Tư pháp."))], longest=LONGEST_NAME)
    short_name = LineField(_l("Tên viết tắt"), longest=LONGEST_SHORT)
    kind = SelectField(_l("Loại"), coerce=chosen_number)
    level = SelectField(_l("Cấp"), coerce=chosen_number)
    parent = SelectField(_l("Thuộc"), coerce=chosen_number, default=0)
    code = LineField(_l("Mã"), longest=50)
    email = EmailField(_l("Email chung"))
    phone = PhoneField(_l("Điện thoại"))

    def offer(
        self, kinds: list[OrganisationKind], levels: list[OrganisationLevel], parents: list[OrganisationChoice]
    ) -> None:
        """What may be chosen."""
        self.kind.choices = [SelectChoice(kind.id, named(kind)) for kind in kinds]
        self.level.choices = [SelectChoice(level.id, named(level)) for level in levels]
        self.parent.choices = [NONE, *(SelectChoice(parent.id, parent.label) for parent in parents)]

    def said(self) -> dict[str, Any]:
        """What was typed, as drafts have it."""
        return {
            "kind_id": self.kind.data,
            "level_id": self.level.data,
            "parent_id": self.parent.data or None,
            "code": self.code.data or "",
            "email": self.email.data or "",
            "phone": self.phone.data or "",
        }


class NewOrganisationForm(DetailsForm):
    """An organisation that is not in the directory yet."""

    valid_from = DayField(_l("Hoạt động từ ngày"))

    def draft(self) -> OrganisationDraft:
        """What was typed."""
        return OrganisationDraft(
            name=self.name.data, short_name=self.short_name.data or "", valid_from=self.valid_from.data, **self.said()
        )


class OrganisationForm(DetailsForm):
    """What is known of an organisation; a new name has its first day, without one the spelling is mended."""

    from_day = DayField(_l("Tên mới từ ngày"))
    version = VersionField()

    def details(self) -> OrganisationDetails:
        """What was typed but for the names."""
        return OrganisationDetails(**self.said())

    def show(self, organisation: Organisation) -> None:
        """Fill the form with what is known."""
        self.kind.data, self.level.data = organisation.kind_id, organisation.level_id
        self.parent.data, self.code.data = organisation.parent_id or 0, organisation.code or ""
        self.name.data, self.short_name.data = organisation.name, organisation.short_name
        self.email.data, self.phone.data = organisation.email, organisation.phone
        self.version.data = organisation.version


class EndForm(Form):
    """The last day of an organisation, and who continues it."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = DetailsForm.refusal_words
    version = VersionField()
    valid_to = DayField(_l("Ngày hoạt động cuối cùng"), [Needed(_l("Hãy gõ ngày cuối cùng, ví dụ: 30/06/2025."))])
    successor = SelectField(_l("Nơi kế tục"), coerce=chosen_number, default=0)
    legal_basis = LineField(_l("Theo văn bản"), longest=200)

    def last_day(self) -> date:
        """The day that was typed; ask after `validate`."""
        return cast(date, self.valid_to.data)

    def offer(self, others: list[OrganisationChoice]) -> None:
        """Who may continue it."""
        self.successor.choices = [
            SelectChoice(0, _l("Không có, hoặc ghi sau")),
            *(SelectChoice(o.id, o.label) for o in others),
        ]


class PersonForm(Form):
    """What is known of a person; `anyway` says that a likely double was seen and is none."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {Stale: _STALE}
    full_name = LineField(_l("Họ và tên"), [Needed(_l("Hãy gõ họ và tên, ví dụ: Nguyễn Văn An."))], longest=150)
    title = LineField(_l("Chức vụ"), longest=200)
    organisation = SelectField(_l("Đơn vị"), coerce=chosen_number, default=0)
    email = EmailField(_l("Email"))
    phone = PhoneField(_l("Điện thoại"))
    version = VersionField(default=0)
    anyway = HiddenField()

    def offer(self, organisations: list[OrganisationChoice]) -> None:
        """Where a person may belong."""
        self.organisation.choices = [NONE, *(SelectChoice(each.id, each.label) for each in organisations)]

    def draft(self) -> PersonDraft:
        """What was typed."""
        return PersonDraft(
            full_name=self.full_name.data,
            title=self.title.data or "",
            organisation_id=self.organisation.data or None,
            email=self.email.data or "",
            phone=self.phone.data or "",
        )

    def show(self, person: Person) -> None:
        """Fill the form with what is known."""
        self.full_name.data, self.title.data = person.full_name, person.title
        self.organisation.data, self.version.data = person.organisation_id or 0, person.version
        self.email.data, self.phone.data = person.email, person.phone


class MergerForm(Form):
    """When organisations merge, by which act, and whether the old ones end."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        act_errors.NobodyMerges: _l("Hãy chọn ít nhất một nơi cũ và một nơi mới."),
        act_errors.MergesIntoItself: _l("%(name)s vừa là nơi cũ vừa là nơi mới. Bỏ một trong hai."),
        act_errors.NotYetEffective: _l("Ngày hiệu lực chưa tới: đến ngày ấy mới thực hiện."),
        act_errors.PressAndOthers: _l("%(press)s là cơ quan báo chí, %(other)s thì không: chỗ đếm riêng, không gộp được."),
        act_errors.NothingToMerge: _l("Việc sáp nhập này đã ghi, không còn gì để chuyển."),
        act_errors.RowChanged: _l("Danh bạ vừa thay đổi nên chưa ghi gì. Xem lại rồi bấm lần nữa."),
        errors.EndsBeforeItBegins: _l("Có nơi cũ bắt đầu từ ngày hiệu lực hoặc sau đó. Hãy xem lại ngày."),
        errors.OutsideItsTime: _l("Vào ngày hiệu lực, %(name)s chưa có hoặc không còn. Hãy xem lại ngày."),
    }
    effective_on = DayField(_l("Có hiệu lực từ ngày"), [Needed(_l("Hãy gõ ngày, ví dụ 01/07/2025."))])
    legal_basis = LineField(_l("Văn bản"), longest=200)
    ends = RadioField(
        _l("Nơi cũ"),
        choices=[
            SelectChoice("het", _l("Hết hiệu lực, chuyển tất cả")),
            SelectChoice("con", _l("Vẫn còn, chỉ chuyển những người được chọn")),
        ],
        default="het",
    )


class MergerListForm(Form):
    """When the mergers of a list take effect, and by which act."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = MergerForm.refusal_words
    effective_on = DayField(_l("Có hiệu lực từ ngày"), [Needed(_l("Hãy gõ ngày, ví dụ 01/07/2025."))])
    legal_basis = LineField(_l("Văn bản"), longest=200)


class UnitingForm(Form):
    """The word to unite rows of one person; what is chosen stands in the address."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        act_errors.NobodyUnites: _l("Hãy chọn ít nhất hai dòng của một người."),
        act_errors.AlreadyUnited: _l("Dòng %(name)s đã được gộp với dòng khác. Bỏ dòng này ra rồi xem lại."),
        act_errors.TwoAccounts: _l("Có hai tài khoản đang dùng, chỉ người quản trị đóng được. Hãy nhờ người quản trị gộp."),
        act_errors.OwnAccount: _l("Tài khoản sẽ đóng là tài khoản đang dùng để gộp. Hãy giữ lại dòng có tài khoản này."),
        act_errors.KeptAccountDisabled: _l(
            "Tài khoản %(login)s đang khóa, dòng kia có tài khoản đang dùng. Hãy giữ dòng kia."
        ),
        act_errors.RowChanged: _l("Danh bạ vừa thay đổi nên chưa gộp gì. Xem lại rồi bấm lần nữa."),
    }


class UploadForm(Form):
    """A file whose rows are to be taken in; it is looked at before anything is written."""

    kind = RadioField(
        _l("Trong tệp là"),
        choices=[
            SelectChoice(kind.value, KINDS[kind])
            for kind in (ImportKind.PEOPLE, ImportKind.ORGANISATIONS, ImportKind.MERGERS)
        ],
        default=ImportKind.PEOPLE.value,
    )
    event = HiddenField()
    file = FileField(_l("Tệp Excel hoặc CSV"), [Needed(_l("Hãy chọn một tệp."))])
