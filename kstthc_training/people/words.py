"""What roles are called on the page, and what speaks for two rows being one person."""

from collections.abc import Collection, Iterable

from flask_babel import lazy_gettext, lazy_pgettext

from kstthc_training.people.enums import Clue, Role

ROLES = {
    Role.ADMINISTRATOR: lazy_pgettext("role", "Quản trị"),
    Role.ORGANIZER: lazy_gettext("Cán bộ tổ chức"),
    Role.LEADER: lazy_gettext("Lãnh đạo"),
    Role.FOCAL_POINT: lazy_gettext("Đầu mối đơn vị"),
    Role.MEMBER: lazy_gettext("Người dự"),
}
CLUES = {
    Clue.NAME: lazy_gettext("cùng tên, cùng đơn vị"),
    Clue.EMAIL: lazy_gettext("cùng email"),
    Clue.PHONE: lazy_gettext("cùng số điện thoại"),
}


def clue_words(clues: Collection[Clue]) -> list[str]:
    """What speaks for two rows being one person, in words."""
    return [str(CLUES[clue]) for clue in CLUES if clue in clues]


def role_names(grants: Iterable[tuple[Role, int | None, str | None]]) -> list[str]:
    """Roles in words, the highest first; a focal point is named with its organisation."""
    order = list(ROLES)
    ranked = sorted(grants, key=lambda grant: order.index(grant[0]))
    return [f"{ROLES[role]}: {name}" if name else str(ROLES[role]) for role, _id, name in ranked]
