"""What is kept of somebody in words: sections with columns and rows, the same on the page and in the workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from kstthc_training.attendance.forms import METHOD_WORDS, STATUS_WORDS
from kstthc_training.events.words import Tag
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.mandates.words import STANDINGS
from kstthc_training.messages.words import GROUPS, WAYS
from kstthc_training.outbox.enums import MessageState
from kstthc_training.people.browsers import browser_name
from kstthc_training.people.words import ROLES
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.queries import Kept
from kstthc_training.registrations.words import RULES, SOURCES, STATES
from kstthc_training.sheets import Cell, CellKind, Column, Sheet
from kstthc_training.text import sentence_case, shown_phone

ANSWERS = {
    InvitationAnswer.NONE: lazy_gettext("Chưa trả lời"),
    InvitationAnswer.ACCEPTED: lazy_gettext("Nhận lời"),
    InvitationAnswer.DECLINED: lazy_gettext("Không dự được"),
}
LETTERS = {
    MessageState.WAITING: lazy_gettext("Chờ gửi"),
    MessageState.SENT: lazy_gettext("Đã gửi"),
    MessageState.FAILED: lazy_gettext("Không gửi được"),
    MessageState.HELD: lazy_gettext("Đang giữ"),
    MessageState.BOUNCED: lazy_gettext("Bị trả lại"),
    MessageState.DISCARDED: lazy_gettext("Đã bỏ, không gửi"),
}
_REQUESTS: dict[RequestState, tuple[Any, str]] = {
    RequestState.OPEN: (lazy_gettext("Chờ trả lời"), "warn"),
    RequestState.WITHDRAWN: (lazy_gettext("Đã rút"), ""),
    RequestState.REFUSED: (lazy_gettext("Không xóa"), "bad"),
    RequestState.DONE: (lazy_gettext("Đã xóa"), "ok"),
}
_DAY, _INSTANT = CellKind.DATE, CellKind.DATETIME


@dataclass(frozen=True)
class Section:
    """One kind of thing that is kept: its id on the page, what it is called, its columns and rows."""

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    @property
    def sheet(self) -> Sheet:
        """The same as a sheet of the workbook."""
        return Sheet(self.title, self.columns, self.rows)


def request_tag(state: RequestState) -> Tag:
    """How a request of erasure stands, as a tag."""
    words, tone = _REQUESTS[state]
    return Tag(str(words), tone)


def person_rows(kept: Kept) -> list[tuple[str, str]]:
    """The person's own fields with their values, and those of the account."""
    person, account = kept.person, kept.account
    rows = [
        (_("Họ và tên"), person.full_name),
        (_("Chức vụ"), person.title),
        (_("Đơn vị"), kept.organisation),
        (_("Email"), person.email),
        (_("Điện thoại"), shown_phone(person.phone)),
    ]
    if account is not None:
        roles = [f"{ROLES[role]}: {name}" if name else str(ROLES[role]) for role, name in kept.roles]
        rows += [(_("Tên đăng nhập"), account.login), (_("Quyền"), ", ".join(roles) or str(_("Người dự")))]
    return rows


def sections(kept: Kept) -> list[Section]:
    """Every section that has rows, in the order of the page."""
    return [section for make in _SECTIONS if (section := make(kept)).rows]


def workbook(kept: Kept) -> list[Sheet]:
    """The person's fields and every section, as sheets."""
    fields = Sheet(_("Thông tin"), [Column(_("Mục")), Column(_("Đang giữ"))], person_rows(kept))
    return [fields, *(section.sheet for section in sections(kept))]


def _registrations(kept: Kept) -> Section:
    attended = {True: _("Có dự"), False: _("Không dự"), None: ""}
    columns = [
        *_event_columns(), Column(_("Ngày họp"), _INSTANT), Column(_("Trạng thái")), Column(_("Hình thức")),
        Column(_("Đăng ký lúc"), _INSTANT), Column(_("Chức vụ khi ấy")), Column(_("Đơn vị khi ấy")),
        Column(_("Số giấy tờ")), Column(_("Mã dự họp")), Column(_("Kết quả")),
    ]  # fmt: skip
    rows = [
        (
            r.event, r.event_title, r.starts_at, str(STATES[r.state]), str(SOURCES[r.source]), r.registered_at, r.title,
            r.organisation, r.credential_number, r.ticket_code, attended[r.attended],
        )
        for r in kept.registrations
    ]  # fmt: skip
    return Section("dang-ky", _("Đăng ký"), columns, rows)


def _steps(kept: Kept) -> Section:
    columns = [*_event_columns(), Column(_("Lúc"), _INSTANT), Column(_("Việc")), Column(_("Lý do"))]
    rows = [(s.event, s.event_title, s.at, str(RULES[s.rule]), s.reason) for s in kept.steps]
    return Section("buoc", _("Các bước của đăng ký"), columns, rows)


def _answers(kept: Kept) -> Section:
    columns = [*_event_columns(), Column(_("Câu hỏi")), Column(_("Trả lời"))]
    rows = [(a.event, a.event_title, a.question, a.file_name or a.value) for a in kept.answers]
    return Section("cau-tra-loi", _("Câu trả lời khi đăng ký"), columns, rows)


def _marks(kept: Kept) -> Section:
    columns = [*_event_columns(), Column(_("Buổi")), Column(_("Ghi là")), Column(_("Cách ghi")), Column(_("Lúc"), _INSTANT)]
    rows = [
        (
            m.event, m.event_title, m.session or _("Buổi %(n)s", n=m.position + 1),
            sentence_case(str(STATUS_WORDS[m.status])), sentence_case(str(METHOD_WORDS[m.method])), m.at,
        )
        for m in kept.marks
    ]  # fmt: skip
    return Section("diem-danh", _("Điểm danh"), columns, rows)


def _invitations(kept: Kept) -> Section:
    columns = [
        *_event_columns(), Column(_("Ngày họp"), _INSTANT), Column(_("Mời lúc"), _INSTANT), Column(_("Mở lúc"), _INSTANT),
        Column(_("Trả lời")), Column(_("Trả lời lúc"), _INSTANT), Column(_("Lý do")),
    ]  # fmt: skip
    rows = [
        (i.event, i.event_title, i.starts_at, i.made_at, i.opened_at, str(ANSWERS[i.answer]), i.answered_at, i.reason)
        for i in kept.invitations
    ]
    return Section("loi-moi", _("Lời mời đích danh"), columns, rows)


def _mandates(kept: Kept) -> Section:
    columns = [
        Column(_("Tập huấn")), Column(_("Theo văn bản")), Column(_("Hạn"), _DAY), Column(_("Tình trạng")),
        Column(_("Dự ngày"), _DAY), Column(_("Văn bản miễn")),
    ]  # fmt: skip
    rows = [(m.name, m.document, m.due_on, str(STANDINGS[m.standing]), m.done_on, m.exempt_document) for m in kept.mandates]
    return Section("bat-buoc", _("Tập huấn bắt buộc"), columns, rows)


def _letters(kept: Kept) -> Section:
    columns = [
        Column(_("Lá thư")), Column(_("Gửi tới")), Column(_("Viết lúc"), _INSTANT), Column(_("Đi lúc"), _INSTANT),
        Column(_("Trạng thái")), Column(_("Nội dung")),
    ]  # fmt: skip
    body = {True: _("còn giữ"), False: _("đã xóa")}
    rows = [
        (m.subject, m.recipient, m.created_at, m.sent_at, str(LETTERS[m.state]), body[bool(m.has_body)])
        for m in kept.letters
    ]
    return Section("thu", _("Thư đã gửi tới"), columns, rows)


def _mail(kept: Kept) -> Section:
    columns = [Column(_("Lá thư")), Column(_("Gửi từ")), Column(_("Đến lúc"), _INSTANT), Column(_("Nội dung"))]
    body = {True: _("còn giữ"), False: _("đã xóa")}
    rows = [(m.subject, m.sender, m.taken_at, body[bool(m.has_body)]) for m in kept.mail]
    return Section("thu-den", _("Thư gửi đến"), columns, rows)


def _notices(kept: Kept) -> Section:
    columns = [Column(_("Thông báo")), Column(_("Nội dung")), Column(_("Lúc"), _INSTANT), Column(_("Đọc lúc"), _INSTANT)]
    return Section("thong-bao-da-nhan", _("Thông báo trên trang"), columns, [tuple(n) for n in kept.notices])


def _choices(kept: Kept) -> Section:
    columns = [Column(_("Nhóm thư")), Column(_("Cách nhận")), Column(_("Chọn lúc"), _INSTANT)]
    rows = [(str(GROUPS[c.group].name), str(WAYS[c.way]), c.changed_at) for c in kept.choices]
    return Section("cach-nhan", _("Cách nhận thư và thông báo"), columns, rows)


def _downloads(kept: Kept) -> Section:
    columns = [*_event_columns(), Column(_("Tài liệu")), Column(_("Lúc"), _INSTANT)]
    return Section("tai-lieu", _("Tài liệu đã tải"), columns, [tuple(d) for d in kept.downloads])


def _sign_ins(kept: Kept) -> Section:
    columns = [
        Column(_("Trình duyệt")),
        Column(_("Từ máy")),
        Column(_("Vào lúc"), _INSTANT),
        Column(_("Thấy gần nhất"), _INSTANT),
    ]
    rows = [(browser_name(s.browser) or s.browser, s.address, s.created_at, s.seen_at) for s in kept.sign_ins]
    return Section("dang-nhap", _("Nơi đang đăng nhập"), columns, rows)


def _feeds(kept: Kept) -> Section:
    columns = [
        Column(_("Lịch")),
        Column(_("Địa chỉ lịch tạo lúc"), _INSTANT),
        Column(_("Dùng gần nhất"), _INSTANT),
        Column(_("Dùng bởi")),
    ]
    return Section("nguon-lich", _("Nguồn lịch"), columns, [tuple(feed) for feed in kept.feeds])


def _log(kept: Kept) -> Section:
    columns = [Column(_("Số việc đã làm"), CellKind.INTEGER), Column(_("Từ"), _INSTANT)]
    return Section("nhat-ky", _("Nhật ký hệ thống"), columns, [tuple(kept.log)] if kept.log.acts else [])


def _event_columns() -> list[Column]:
    return [Column(_("Số")), Column(_("Cuộc họp"))]


_SECTIONS: tuple[Callable[[Kept], Section], ...] = (
    _registrations, _marks, _answers, _invitations, _mandates, _steps, _letters, _mail, _notices, _choices, _downloads,
    _sign_ins, _feeds, _log,
)  # fmt: skip
