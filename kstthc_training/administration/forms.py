"""What administrators may type."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from kstthc_training.organisations.queries import OrganisationChoice
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import HasAccount, LastAdministrator, LoginTaken, NoAddress
from kstthc_training.people.logins import normal_login
from kstthc_training.people.service.accounts import Grant
from kstthc_training.people.service.persons import PersonDraft
from kstthc_training.people.words import ROLES
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.text import whole_number
from kstthc_training.web.forms import Boxes, DayField, EmailField, Form, LineField, Needed, PhoneField, chosen_number

# Given to an account as a whole; that of a focal point is given for an organisation.
PLAIN_ROLES = (Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER)


class RolesForm(Form):
    """Which roles an account has; `shown` remembers what the page showed, so that two who edit do not undo each other."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        LastAdministrator: _l("Đây là quản trị viên cuối cùng. Hãy giao quyền quản trị cho người khác trước."),
    }
    roles = Boxes(_l("Vai trò"), choices=[SelectChoice(role.value, ROLES[role]) for role in PLAIN_ROLES])
    focal = Boxes(_l("Đầu mối của"), coerce=chosen_number, choices=[])
    another = SelectField(_l("Thêm đơn vị"), coerce=chosen_number, default=0)
    shown = HiddenField()

    def offer(self, focal_of: list[tuple[int, str]], organisations: list[OrganisationChoice]) -> None:
        """Offer to keep the organisations an account speaks for, and to add one of all."""
        self.focal.choices = [SelectChoice(number, name) for number, name in focal_of]
        present = {number for number, _name in focal_of}
        self.another.choices = [
            SelectChoice(0, _l("Chọn đơn vị")),
            *(SelectChoice(each.id, each.label) for each in organisations if each.id not in present),
        ]

    def show(self, grants: set[Grant]) -> None:
        """Fill the form with what an account has."""
        self.roles.data = [role.value for role, organisation_id in grants if organisation_id is None]
        self.focal.data = [organisation_id for _role, organisation_id in grants if organisation_id is not None]
        self.shown.data = ",".join(sorted(f"{role.value}:{number or ''}" for role, number in grants))

    def was_shown(self) -> set[Grant]:
        """What the page showed when the form was filled in."""
        pairs = (part.partition(":") for part in (self.shown.data or "").split(",") if part)
        return {(Role(role), whole_number(number)) for role, _colon, number in pairs if role in set(Role)}

    def wanted(self) -> set[Grant]:
        """What the account shall have."""
        focal = [*(self.focal.data or []), *([self.another.data] if self.another.data else [])]
        plain: set[Grant] = {(Role(role), None) for role in self.roles.data or []}
        return plain | {(Role.FOCAL_POINT, number) for number in focal}


_TAKEN: dict[type[Refusal], Any] = {
    NoAddress: _l("Email này không gửi thư tới được. Hãy gõ như ten@co-quan.gov.vn."),
    LoginTaken: _l("Đã có tài khoản khác đăng nhập bằng email này."),
    HasAccount: _l("Người này đã có tài khoản."),
}


class InvitationForm(RolesForm):
    """An account for somebody of the directory."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = _TAKEN
    email = EmailField(_l("Email đăng nhập"), [Needed(_l("Hãy gõ email để gửi liên kết đặt mật khẩu."))])


class NewPersonForm(InvitationForm):
    """An account for somebody who is not in the directory yet."""

    full_name = LineField(_l("Họ và tên"), [Needed(_l("Hãy gõ họ và tên."))], longest=200)
    title = LineField(_l("Chức vụ"), longest=200)
    organisation = SelectField(_l("Đơn vị"), coerce=chosen_number, default=0)
    phone = PhoneField(_l("Điện thoại"))

    def offer(self, focal_of: list[tuple[int, str]], organisations: list[OrganisationChoice]) -> None:
        super().offer(focal_of, organisations)
        self.organisation.choices = self.another.choices

    def draft(self) -> PersonDraft:
        """The person to be added."""
        return PersonDraft(
            full_name=self.full_name.data,
            title=self.title.data,
            organisation_id=self.organisation.data or None,
            email=normal_login(self.email.data),
            phone=self.phone.data,
        )


class LoginForm(Form):
    """Another address to sign in with."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = _TAKEN
    email = EmailField(_l("Email đăng nhập mới"), [Needed(_l("Hãy gõ email mới."))])


class ValuesForm(Form):
    """New values of a group of settings, from a day on; the fields of the group are bound by `settings_form`."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        Stale: _l("Người khác vừa ghi giá trị mới cho nhóm này. Xem chỗ khác nhau bên dưới, sửa cho đúng rồi ghi lần nữa."),
    }
    seen = HiddenField()
    valid_from = DayField(_l("Hiệu lực từ ngày"), [Needed(_l("Hãy gõ ngày các giá trị bắt đầu có hiệu lực."))])


class LogForm(Form):
    """Between which days the log is looked through."""

    tu = DayField(_l("Từ"))
    den = DayField(_l("đến"))
