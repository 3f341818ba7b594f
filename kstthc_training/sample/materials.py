"""Papers handed out: some for everyone, some for those registered, one locked until the event begins."""

import io
from collections.abc import Sequence
from datetime import time

from kstthc_training.db import db
from kstthc_training.files.store import own_store
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.models import Material
from kstthc_training.sample import papers
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province
from kstthc_training.sample.times import before

_LARGEST = 1_000_000
_HANDED_OUT = (Standing.HELD, Standing.RUNNING, Standing.FULL, Standing.OPEN)

# what a paper is called, the name of its file, its media type, who writes it, who may open it, whether it is locked at first
_INVITATION = ("Giấy mời", "Giấy mời.docx", papers.DOCX, papers.invitation, MaterialAudience.SIGNED_IN, False)
_GUIDE = ("Hướng dẫn nộp hồ sơ trực tuyến", "Hướng dẫn nộp hồ sơ trực tuyến.pdf", papers.PDF, papers.guide,
          MaterialAudience.SIGNED_IN, False)  # fmt: skip
_FIGURES = ("Số liệu giải quyết hồ sơ theo lĩnh vực", "Số liệu giải quyết hồ sơ.xlsx", papers.XLSX, papers.figures,
            MaterialAudience.REGISTERED, False)  # fmt: skip
_RELEASE = ("Thông cáo báo chí (không đưa tin trước giờ họp)", "Thông cáo báo chí.pdf", papers.PDF, papers.guide,
            MaterialAudience.REGISTERED, True)  # fmt: skip

_Handout = tuple[str, str, str, papers.Paper, MaterialAudience, bool]


def hand_out(province: Province, made: Sequence[Made]) -> None:
    """Keep the papers of events that were held, are on, or take registrations."""
    for one in (one for one in made if one.planned.standing in _HANDED_OUT):
        for position, handout in enumerate(_handouts(one), start=1):
            _keep(province, one, handout, position)
    db.session.flush()


def _handouts(made: Made) -> list[_Handout]:
    standing, is_press = made.planned.standing, made.planned.line["audience"] == "press"
    if standing is Standing.RUNNING:
        return [_INVITATION, _GUIDE, _FIGURES]
    if standing is Standing.FULL or (standing is Standing.HELD and made.planned.line["kind"] == "tap-huan"):
        return [_GUIDE]
    if is_press:
        return [_RELEASE] if standing is Standing.OPEN else [_FIGURES]
    return [_INVITATION] if made.planned.line["kind"] == "hoi-nghi" else []


def _keep(province: Province, made: Made, handout: _Handout, position: int) -> None:
    title, name, media_type, write, audience, is_locked = handout
    at = min(before(made.event.starts_at, days=5, hour=time(14, 0)), before(province.midnight, days=1, hour=time(16, 0)))
    body = io.BytesIO(write(made, at))
    file = own_store().keep(body, name=name, media_type=media_type, limit=_LARGEST, now=at)
    db.session.flush()
    material = Material(
        event_id=made.event.id, file_id=file.id, title=title, audience=audience, position=position, uploaded_at=at,
        available_at=made.event.starts_at if is_locked else None, uploaded_by_id=province.accounts.organizer.account_id,
    )  # fmt: skip
    db.session.add(material)
