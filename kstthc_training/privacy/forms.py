"""What administrators type about requests of erasure."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l

from kstthc_training.people.errors import LastAdministrator
from kstthc_training.privacy.errors import AlreadyAnswered, NeedsReason, NotConfirmed, OwnErasure
from kstthc_training.refusals import Refusal
from kstthc_training.web.forms import Form, LineField, Needed


class EraseForm(Form):
    """The person's name once more, so that nobody is erased by a slip."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        NotConfirmed: _l("Tên gõ lại chưa đúng. Hãy gõ đúng như trên trang: %(full_name)s."),
        OwnErasure: _l("Không tự xóa dữ liệu của chính mình. Hãy nhờ một quản trị viên khác."),
        LastAdministrator: _l("Đây là quản trị viên cuối cùng. Hãy giao quyền quản trị cho người khác trước."),
    }
    typed = LineField(_l("Gõ lại họ và tên"), [Needed(_l("Hãy gõ lại họ và tên để xác nhận."))])


class RefuseForm(Form):
    """Why nothing is erased."""

    refusal_words: ClassVar[dict[type[Refusal], Any]] = {
        NeedsReason: _l("Hãy ghi lý do; người yêu cầu nhận lý do này qua thư."),
        AlreadyAnswered: _l("Yêu cầu này không còn chờ trả lời: đã rút, hoặc có người vừa trả lời."),
    }
    reason = LineField(_l("Lý do"), [Needed(_l("Hãy ghi lý do; người yêu cầu nhận lý do này qua thư."))])
