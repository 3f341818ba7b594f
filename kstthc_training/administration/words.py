"""What acts, states and troubles are called on the pages of Quản trị."""

from typing import Any

from flask_babel import lazy_gettext as _

from kstthc_training.administration.queries.accounts import AccountState
from kstthc_training.audit.words import ACTS
from kstthc_training.outbox.enums import KnownTrouble
from kstthc_training.people.enums import Role
from kstthc_training.text import fold

ACCOUNT_STATES = {
    AccountState.ACTIVE: (_("Đang dùng"), "ok"),
    AccountState.INVITED: (_("Chưa đặt mật khẩu"), "warn"),
    AccountState.DISABLED: (_("Đã ngừng"), ""),
}

ROLE_HINTS = {
    Role.ADMINISTRATOR.value: _("Tài khoản, cài đặt, thư, nhật ký; cũng làm được việc của cán bộ tổ chức"),
    Role.ORGANIZER.value: _("Lập cuộc họp, mời, điểm danh, báo cáo, giữ danh bạ"),
    Role.LEADER.value: _("Xem kế hoạch, số liệu, danh bạ"),
}

TROUBLES = {
    KnownTrouble.WORKER_LOST: _("Tiến trình gửi thư dừng giữa chừng; thư sẽ được gửi lại."),
    KnownTrouble.NO_HANDLER: _("Phiên bản này không biết làm việc ấy."),
    KnownTrouble.NO_LINK: _("Liên kết riêng trong thư không còn dùng được, nên thư không đi nữa."),
    KnownTrouble.NO_BODY: _("Nội dung thư đã xóa theo hạn lưu giữ."),
}

# The groups of acts in which the log is filtered: address, words, and the acts with their words.
_GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "doc": (
        _("Đọc, xuất dữ liệu"),
        (
            "accounts.read",
            "letters.read",
            "letter.read",
            "inbox.read",
            "inbox.letter_read",
            "log.read",
            "people.read",
            "person.read",
            "invitations.read",
            "registrations.read",
            "registrations.exported",
            "answer.file_opened",
            "roster.read",
            "roster.exported",
            "report.exported",
            "mandate.exported",
            "personal.exported",
            "erasures.read",
        ),
    ),
    "dang-nhap": (
        _("Đăng nhập"),
        (
            "sign_in.begun",
            "sign_in.failed",
            "sign_in.ended",
            "sign_in.others_ended",
            "sign_in.all_ended",
            "link.requested",
            "account.password_set",
        ),
    ),
    "quyen": (
        _("Tài khoản, quyền"),
        (
            "account.invited",
            "account.link_resent",
            "account.role_granted",
            "account.role_revoked",
            "account.disabled",
            "account.enabled",
            "account.login_changed",
            "feed.renewed",
            "feed.stopped",
        ),
    ),
    "cuoc-hop": (
        _("Cuộc họp, đăng ký"),
        (
            "event.created",
            "event.edited",
            "event.released",
            "event.postponed",
            "event.redated",
            "event.cancelled",
            "event.discarded",
            "event.capacity_set",
            "event.limits_set",
            "event.rules_set",
            "event.guest_link_renewed",
            "registration.made",
            "registration.cancelled",
            "registrations.import_undone",
            "registration.promoted",
            "registration.approved",
            "registration.refused",
            "registration.substituted",
            "registration.offer_taken",
            "registration.offer_declined",
            "registration.offer_expired",
            "registration.places_held",
            "registration.places_freed",
            "question.added",
            "question.changed",
            "question.removed",
            "allocation.drawn",
            "allocation.said",
            "allocation.decided",
            "ticket.renewed",
            "invitations.made",
            "invitations.exported",
            "invitations.reported",
            "invitations.reminded",
            "reminders.set",
            "reminders.sent",
            "reminders.skipped",
            "reminders.resumed",
            "invitations.leaders_told",
            "invitations.deadline_set",
            "invitation.places_set",
            "invitation.places_released",
            "invitation.revoked",
            "invitation.link_renewed",
            "invitation.accepted",
            "invitation.declined",
            "calendar.answered",
            "inbox.confirmed",
            "inbox.undone",
            "inbox.ignored",
            "inbox.reopened",
            "inbox.counter_declined",
            "invitees.group_saved",
            "invitees.group_changed",
            "invitees.group_deleted",
            "session.closed",
            "session.reopened",
            "material.added",
            "material.changed",
            "material.withdrawn",
            "material.restored",
        ),
    ),
    "bat-buoc": (
        _("Tập huấn bắt buộc"),
        (
            "mandate.added",
            "mandate.changed",
            "mandate.withdrawn",
            "mandate.restored",
            "mandate.people_added",
            "mandate.people_dropped",
            "mandate.exempted",
            "mandate.exemption_lifted",
            "mandate.event_added",
            "mandate.event_dropped",
        ),
    ),
    "danh-ba": (
        _("Danh bạ, địa điểm"),
        (
            "person.added",
            "person.changed",
            "person.united",
            "person.parted",
            "person.told_apart",
            "person.doubted_again",
            "organisation.added",
            "organisation.changed",
            "organisation.renamed",
            "organisation.name_corrected",
            "organisation.ended",
            "organisation.resumed",
            "organisation.succeeded",
            "organisation.merged",
            "organisation.merger_undone",
            "directory.file_kept",
            "directory.people_imported",
            "directory.mergers_imported",
            "directory.organisations_imported",
            "venue.added",
        ),
    ),
    "du-lieu": (
        _("Yêu cầu xóa dữ liệu"),
        ("erasure.asked", "erasure.withdrawn", "erasure.refused", "erasure.done"),
    ),
    "van-hanh": (
        _("Cài đặt, thư"),
        (
            "setting.changed",
            "text.changed",
            "text.returned",
            "text.undone",
            "letter.sent_again",
            "letters.sent_again",
            "letters.chosen_held",
            "letters.chosen_discarded",
            "letters.undone",
            "letter.readdressed",
            "letters.held",
            "letters.let_go",
            "event.letters_held",
            "event.letters_let_go",
            "job.tried_again",
        ),
    ),
}  # fmt: skip
ACTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    group: (label, {act: ACTS[act] for act in acts}) for group, (label, acts) in _GROUPS.items()
}

SUBJECTS = {
    "account": _("tài khoản số %(id)s"),
    "event": _("cuộc họp số %(id)s"),
    "person": _("người số %(id)s"),
    "organisation": _("đơn vị số %(id)s"),
    "message": _("thư số %(id)s"),
    "venue": _("địa điểm số %(id)s"),
    "mandate": _("khóa bắt buộc số %(id)s"),
    "job": _("việc nền số %(id)s"),
    "directory_import": _("lần nhập danh bạ số %(id)s"),
    "invitee_group": _("nhóm mời số %(id)s"),
}


def folded_actions() -> dict[str, str]:
    """Every act with its words folded, for searching."""
    return {action: fold(str(words)) for _label, acts in ACTIONS.values() for action, words in acts.items()}


def subject_words(subject_type: str, subject_id: int, name: str | None) -> str:
    """What an act was about: by name, else by number."""
    if name:
        return name
    return str(SUBJECTS.get(subject_type, subject_type + " %(id)s")) % {"id": subject_id}


def trouble_words(last_error: str | None) -> str:
    """Why a letter did not go: in words when it is a trouble of our own, else as the mail server put it."""
    if not last_error:
        return ""
    known = next((words for trouble, words in TROUBLES.items() if trouble == last_error), None)
    return str(known) if known is not None else last_error
