"""What roles are called on the page."""

from collections.abc import Iterable

from flask_babel import lazy_gettext, lazy_pgettext

from kstthc_training.people.enums import Role

ROLES = {
    Role.ADMINISTRATOR: lazy_pgettext("role", "Quản trị"),
    Role.ORGANIZER: lazy_gettext("Cán bộ tổ chức"),
    Role.LEADER: lazy_gettext("Lãnh đạo"),
    Role.FOCAL_POINT: lazy_gettext("Đầu mối đơn vị"),
    Role.MEMBER: lazy_gettext("Người dự"),
}


def role_names(grants: Iterable[tuple[Role, int | None, str | None]]) -> list[str]:
    """Roles in words, the highest first; a focal point is named with its organisation."""
    order = list(ROLES)
    ranked = sorted(grants, key=lambda grant: order.index(grant[0]))
    return [f"{ROLES[role]}: {name}" if name else str(ROLES[role]) for role, _id, name in ranked]
