"""What is typed when a way to look at the list is kept."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from kstthc_training.registrations.errors import TooManyViews
from kstthc_training.web.forms import Form, LineField, Needed


class ViewForm(Form):
    """The name of a view, and whether others see it."""

    refusal_words = {  # noqa: RUF012 - the base declares it
        TooManyViews: _("Mỗi tài khoản giữ nhiều nhất %(most)s cách xem. Hãy bỏ một cách xem không dùng nữa.")
    }

    name = LineField(_("Tên cách xem"), validators=[Needed(_("Hãy đặt tên cho cách xem."))], longest=60)
    is_shared = BooleanField(_("Mọi người trong ban tổ chức cùng dùng"))


class ButtonForm(Form):
    """One button."""
