"""For whom a paper is, in words."""

from flask_babel import lazy_gettext as _

from kstthc_training.materials.enums import MaterialAudience

AUDIENCE_WORDS = {
    MaterialAudience.REGISTERED: _("Người đăng ký"),
    MaterialAudience.SIGNED_IN: _("Mọi người đã đăng nhập"),
}
