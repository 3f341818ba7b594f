"""The uniting of rows in words: what stands against undoing it, each thing once."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.directory.changes import TABLES, Change
from kstthc_training.directory.uniting.against import Against, ErasedSince, MarkedSince, SeatTaken, UnitedSince
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person

_AT_EVENTS = ("answers", "attendance_results", "invitations", "registrations")


def against_words(contradictions: Sequence[Against]) -> list[str]:
    """What came after a uniting and stands against undoing it, a sentence each, in the order found."""
    return list(dict.fromkeys(_words(each) for each in contradictions))


def _words(each: Against) -> str:
    if isinstance(each, ErasedSince):
        return _("Dữ liệu của người này đã được xóa và không lấy lại được.")
    if isinstance(each, UnitedSince):
        return _("%(name)s đã được gộp tiếp với một dòng khác. Hoàn tác lần gộp ấy trước.", name=each.name)
    if isinstance(each, SeatTaken):
        return _("“%(title)s”: chỗ trống ra khi gộp đã có người khác.", title=_title(each.event_id))
    if isinstance(each, MarkedSince):
        return _("“%(title)s”: điểm danh đã ghi thêm sau khi gộp.", title=_title(each.event_id))
    return _of_row(each)


def _of_row(change: Change) -> str:
    if change.table == "people":
        name = db.session.scalar(select(Person.full_name).filter_by(**change.key)) or ""
        return _("Thông tin của %(name)s đã sửa sau khi gộp.", name=name)
    if change.table in _AT_EVENTS:
        return _("“%(title)s”: lời mời, đăng ký hoặc kết quả đã thay đổi.", title=_title(_event_of(change)))
    if change.table in ("accounts", "role_grants"):
        return _("Tài khoản hoặc vai trò đã thay đổi.")
    return _("Khóa bắt buộc, người trực cửa hoặc người phụ trách cuộc họp đã thay đổi.")


def _event_of(change: Change) -> int | None:
    known = {**change.key, **(change.before or {}), **(change.after or {})}
    if "event_id" in known:
        return int(known["event_id"])
    table = "registrations" if "registration_id" in known else change.table
    row_id = known.get("registration_id", known.get("id"))
    model = TABLES[table]
    return db.session.scalar(select(model.event_id).filter_by(id=row_id))  # type: ignore[attr-defined]


def _title(event_id: int | None) -> str:
    return db.session.scalar(select(Event.title).where(Event.id == event_id)) or ""
