"""What the figures of organisations that are invited are called."""

from flask_babel import lazy_gettext as _

from kstthc_training.compliance.enums import ComplianceFigure

FIGURES = {
    ComplianceFigure.INVITED: _("Được mời"),
    ComplianceFigure.IN_TIME: _("Trả lời đúng hạn"),
    ComplianceFigure.LATE: _("Trả lời muộn"),
    ComplianceFigure.NEVER: _("Không trả lời"),
    ComplianceFigure.DECLINED: _("Báo không dự"),
    ComplianceFigure.NAMED: _("Người được cử"),
    ComplianceFigure.PRESENT: _("Có mặt"),
    ComplianceFigure.NO_SHOW: _("Vắng không lý do"),
}
