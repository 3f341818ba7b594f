"""Bảo vệ dữ liệu cá nhân: what the office keeps of people, why, how long, and what they may ask; for everybody."""

from flask.typing import ResponseReturnValue

from kstthc_training.outbox.housekeeping import SENT_KEPT
from kstthc_training.privacy import rules
from kstthc_training.privacy.routes.blueprint import bp
from kstthc_training.web.access import access, anyone
from kstthc_training.web.pages import page


@bp.get("/du-lieu-ca-nhan")
@access(anyone)
def notice() -> ResponseReturnValue:
    """What every form that takes personal data leads to."""
    return page("privacy/notice.html", rules=rules, letters_kept=SENT_KEPT.days)
