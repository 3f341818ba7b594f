"""What may be typed about one's own account."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import EqualTo

from kstthc_training.people.errors import (
    LikeTheName,
    LinkSpent,
    TooCommon,
    TooLong,
    TooShort,
    WrongPassword,
)
from kstthc_training.refusals import Refusal
from kstthc_training.web.forms import Form, LineField, Needed

_WEAK: dict[type[Refusal], Any] = {
    TooShort: _l("Mật khẩu cần ít nhất %(least)s ký tự. Vài từ nối nhau là đủ dài mà dễ nhớ."),
    TooLong: _l("Mật khẩu dài nhất %(most)s ký tự."),
    TooCommon: _l("Mật khẩu này quá dễ đoán. Hãy chọn vài từ không liên quan đến nhau."),
    LikeTheName: _l("Mật khẩu không được là tên, email hay số điện thoại của chính mình."),
}


class SignInForm(Form):
    """Name and password."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        WrongPassword: _l(
            "Không vào được với email, số điện thoại và mật khẩu này. Kiểm tra lại, hoặc nhận liên kết đăng nhập qua email."
        ),
    }
    login = LineField(
        _l("Email công vụ hoặc số điện thoại"), [Needed(_l("Hãy gõ email công vụ hoặc số điện thoại."))], longest=254
    )
    password = PasswordField(_l("Mật khẩu"), [Needed(_l("Hãy gõ mật khẩu."))])


class LinkRequestForm(Form):
    """Who wants a link by mail."""

    login = LineField(
        _l("Email công vụ hoặc số điện thoại"), [Needed(_l("Hãy gõ email công vụ hoặc số điện thoại."))], longest=254
    )


class NewPasswordForm(Form):
    """A new password, typed twice so that a slip is noticed."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {**_WEAK, LinkSpent: _l("Liên kết này không còn dùng được.")}
    password = PasswordField(_l("Mật khẩu mới"), [Needed(_l("Hãy gõ mật khẩu mới."))])
    again = PasswordField(
        _l("Gõ lại mật khẩu mới"), [EqualTo("password", _l("Hai lần gõ không giống nhau. Hãy gõ lại cả hai."))]
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password of somebody who knows the present one."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {**_WEAK, WrongPassword: _l("Mật khẩu hiện tại không đúng.")}
    current = PasswordField(_l("Mật khẩu hiện tại"), [Needed(_l("Hãy gõ mật khẩu hiện tại."))])
