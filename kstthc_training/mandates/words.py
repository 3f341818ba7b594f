"""What the pages of mandatory trainings call things."""

from flask_babel import lazy_gettext as _

from kstthc_training.events.words import Tag
from kstthc_training.mandates.enums import MandateStanding

STANDINGS = {
    MandateStanding.OVERDUE: _("Quá hạn"),
    MandateStanding.DUE: _("Chưa dự"),
    MandateStanding.DONE: _("Đã dự"),
    MandateStanding.EXEMPT: _("Được miễn"),
}
_TONES = {
    MandateStanding.OVERDUE: "bad",
    MandateStanding.DUE: "warn",
    MandateStanding.DONE: "ok",
    MandateStanding.EXEMPT: "",
}
# How standings are written in addresses.
STANDING_WORDS = {
    "qua-han": MandateStanding.OVERDUE,
    "chua-du": MandateStanding.DUE,
    "da-du": MandateStanding.DONE,
    "duoc-mien": MandateStanding.EXEMPT,
}


def standing_tag(standing: MandateStanding) -> Tag:
    """How somebody stands with a mandatory training, as a tag."""
    return Tag(str(STANDINGS[standing]), _TONES[standing])
