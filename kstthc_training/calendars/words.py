"""What feeds are called, and what they say of themselves."""

from functools import lru_cache

from flask_babel import force_locale
from flask_babel import gettext as _

from kstthc_training.calendars.enums import FeedScope, Show
from kstthc_training.calendars.queries import Follower
from kstthc_training.calendars.scopes import Scope
from kstthc_training.events.enums import Audience
from kstthc_training.ical import Language


def scope_words(scope: Scope, subject_name: str) -> str:
    """A scope as its reader chooses it, in the language at hand."""
    if scope.kind is FeedScope.AUDIENCE:
        return {
            Audience.PRESS.value: _("Mời báo chí"),
            Audience.OFFICIALS.value: _("Mời cán bộ"),
            Audience.INTERNAL.value: _("Nội bộ"),
        }[scope.subject]
    return {
        FeedScope.MINE: _("Của tôi"),
        FeedScope.ALL: _("Công khai"),
        FeedScope.HOST: _("%(name)s chủ trì", name=subject_name),
    }.get(scope.kind, subject_name)


def show_words(*, is_focal_point: bool, runs_events: bool) -> dict[Show, str]:
    """What each switch of one's own feed is for."""
    return {
        Show.REGISTERED: _("Cuộc tôi đã có chỗ"),
        Show.WAITING: _("Cuộc tôi đang chờ chỗ hoặc chờ duyệt"),
        Show.INVITED: _("Giấy mời tôi hoặc đơn vị chưa trả lời") if is_focal_point else _("Giấy mời tôi chưa trả lời"),
        Show.ORGANISED: _("Cuộc tôi phụ trách hoặc trực cửa") if runs_events else _("Cuộc tôi trực cửa"),
    }


def told_by(follower: Follower) -> tuple[str, str]:
    """What a feed is called, and what it says of itself, in its reader's language."""
    return _told(follower.language, follower.scope, follower.office, follower.actor.display_name, follower.subject_name)


@lru_cache(maxsize=1024)
def _told(language: Language, scope: Scope, office: str, full_name: str, subject_name: str) -> tuple[str, str]:
    """Kept, since a program that asks again is answered sooner than words are looked up."""
    with force_locale(language.value):
        about = _about(scope, full_name, subject_name)
        if scope.kind is FeedScope.MINE:
            return _("Lịch họp – %(office)s", office=office), about
        return _("Lịch họp: %(what)s – %(office)s", what=scope_words(scope, subject_name), office=office), about


def _about(scope: Scope, full_name: str, subject_name: str) -> str:
    if scope.kind is FeedScope.MINE:
        return _("Các cuộc họp của %(name)s. Lịch tự cập nhật.", name=full_name)
    what = scope_words(scope, subject_name)
    return _("Các cuộc họp: %(what)s. Lịch tự cập nhật.", what=what)
