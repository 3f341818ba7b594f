"""Where a letter goes instead."""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from kstthc_training.mailroom.errors import HeldByOperators, PrivateLetter, SameAddress
from kstthc_training.outbox.errors import AddressChanged, BodyErased
from kstthc_training.refusals import Refusal, Stale
from kstthc_training.text import is_address
from kstthc_training.web.forms import EmailField, Form, LineField

OTHER = "khac"


class AddressForm(Form):
    """One of the likely addresses or another one; `seen` is the address that whoever fills it in has seen."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        AddressChanged: _("Thư đã đi, đang đi hoặc vừa được người khác sửa. Dưới đây là tình trạng bây giờ."),
        BodyErased: _("Nội dung thư đã xóa theo hạn lưu giữ nên không gửi lại được."),
        PrivateLetter: _("Thư về tài khoản chỉ gửi tới email đăng nhập: sửa nó ở trang tài khoản rồi gửi lại liên kết."),
        SameAddress: _("Thư đang gửi tới chính địa chỉ này. Hãy chọn địa chỉ khác."),
        HeldByOperators: _("Người vận hành đang giữ mọi thư. Quản trị viên mới cho đi được."),
        Stale: _("Người khác vừa sửa danh bạ. Hãy xem lại rồi gửi."),
    }

    seen = LineField()
    address = RadioField(_("Gửi tới"), validate_choice=False)
    other = EmailField(_("Địa chỉ khác"))
    in_directory = BooleanField(_("Sửa luôn trong danh bạ"))
    with_others = BooleanField()

    def validate_address(self, field: RadioField) -> None:
        """One must be chosen, and the other one typed when it is that; either is one that letters can be sent to."""
        if not field.data:
            raise ValidationError(gettext("Hãy chọn một địa chỉ."))
        if field.data == OTHER and not self.other.data:
            raise ValidationError(gettext("Hãy gõ địa chỉ mới."))
        if field.data != OTHER and not is_address(field.data):
            raise ValidationError(gettext("Email này không gửi thư tới được. Hãy gõ như ten@co-quan.gov.vn."))

    @property
    def wanted(self) -> str:
        """The address that the letter is to go to."""
        return str(self.other.data if self.address.data == OTHER else self.address.data or "")
