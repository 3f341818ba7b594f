"""What feeds are called, and what they say of themselves."""

from functools import lru_cache

from flask_babel import force_locale
from flask_babel import gettext as _

from kstthc_training.calendars.enums import FeedScope, Show
from kstthc_training.calendars.queries import Follower
from kstthc_training.calendars.scopes import Scope
from kstthc_training.events.enums import Audience
from kstthc_training.events.policy import may_see_drafts
from kstthc_training.ical import Language


def scope_words(scope: Scope, subject_name: str, *, sees_drafts: bool = False) -> str:
    """A scope as its reader chooses it, in the language at hand; whoever sees drafts is told that they are in it."""
    if scope.kind is FeedScope.AUDIENCE:
        return {
            Audience.PRESS.value: _("Mời báo chí"),
            Audience.OFFICIALS.value: _("Mời cán bộ"),
            Audience.INTERNAL.value: _("Nội bộ"),
        }[scope.subject]
    return {
        FeedScope.MINE: _("Của tôi"),
        FeedScope.ALL: _("Tất cả, cả dự thảo") if sees_drafts else _("Công khai"),
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
    names = (follower.office, follower.actor.display_name, follower.subject_name)
    return _told(follower.language, follower.scope, *names, may_see_drafts(follower.actor))


@lru_cache(maxsize=1024)
def _told(
    language: Language, scope: Scope, office: str, full_name: str, subject_name: str, sees_drafts: bool
) -> tuple[str, str]:
    """Kept, since a program that asks again is answered sooner than words are looked up."""
    with force_locale(language.value):
        if scope.kind is FeedScope.MINE:
            about = _("Các cuộc họp của %(name)s. Lịch tự cập nhật.", name=full_name)
            return _("Lịch họp – %(office)s", office=office), about
        what = scope_words(scope, subject_name, sees_drafts=sees_drafts)
        about = _("Các cuộc họp: %(what)s. Lịch tự cập nhật.", what=what)
        return _("Lịch họp: %(what)s – %(office)s", what=what, office=office), about
