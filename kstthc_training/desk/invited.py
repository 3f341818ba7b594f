"""Those invited to an event as the desk shows them: filters as the address holds them, figures, and rows in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training.events.words import Tag
from kstthc_training.invitations.enums import InvitationStanding
from kstthc_training.invitations.queries import InvitationRow
from kstthc_training.invitations.words import STANDINGS, standing_tag
from kstthc_training.text import clean_line, search_words, whole_number
from kstthc_training.web.locale import short_day

_LONGEST_SEARCH = 100
_STANDING_WORDS = {
    "da-cu": InvitationStanding.NAMED,
    "nhan-loi": InvitationStanding.PROMISED,
    "tu-choi": InvitationStanding.DECLINED,
    "chua-tra-loi": InvitationStanding.UNANSWERED,
    "thu-chua-toi": InvitationStanding.UNREACHED,
    "chua-gui": InvitationStanding.UNSENT,
    "da-thu-hoi": InvitationStanding.REVOKED,
}
_ADDRESSES = {standing: word for word, standing in _STANDING_WORDS.items()}
_COUNTED = (
    InvitationStanding.NAMED,
    InvitationStanding.PROMISED,
    InvitationStanding.DECLINED,
    InvitationStanding.UNANSWERED,
    InvitationStanding.UNREACHED,
)
_FIGURE_TONES = {InvitationStanding.UNANSWERED: "warn", InvitationStanding.UNREACHED: "bad"}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to: words, a standing as written in addresses, and the body above the invitees."""

    search: str = ""
    standing_word: str = ""
    area_id: int | None = None

    @property
    def args(self) -> dict[str, Any]:
        """The same for an address; what is not set is left out."""
        return {"q": self.search or None, "tt": self.standing_word or None, "dv": self.area_id}

    def keep(self, row: InvitationRow) -> bool:
        """Whether a row stands in the list; those taken back only when they are asked for."""
        standing = _STANDING_WORDS.get(self.standing_word)
        of_standing = row.standing is standing if standing else row.standing is not InvitationStanding.REVOKED
        in_area = self.area_id is None or row.area_id == self.area_id
        return of_standing and in_area and all(word in row.search_text for word in search_words(self.search))


@dataclass(frozen=True)
class Figure:
    """How many invitations stand somewhere, with the address that lists them."""

    label: str
    count: int
    detail: str
    tone: str
    word: str


@dataclass(frozen=True)
class Shown:
    """One line of the list in words."""

    row: InvitationRow
    name: str
    places: str
    people: str
    told: str
    tag: Tag
    is_open: bool


def asked_filters(args: Mapping[str, str]) -> Filters:
    """The filters in an address; what cannot be one is left out."""
    standing = args.get("tt", "")
    return Filters(
        search=clean_line(args.get("q", ""))[:_LONGEST_SEARCH],
        standing_word=standing if standing in _STANDING_WORDS else "",
        area_id=whole_number(args.get("dv", "")),
    )


def figures(rows: Sequence[InvitationRow]) -> list[Figure]:
    """How many invitations stand where, in the order in which the bar shows them."""
    counts, details = Counter(row.standing for row in rows), _details(rows)
    return [
        Figure(
            str(_("Nhận lời, chưa có tên") if standing is InvitationStanding.PROMISED else STANDINGS[standing]),
            counts[standing], details.get(standing, ""), _FIGURE_TONES.get(standing, "") if counts[standing] else "",
            _ADDRESSES[standing],
        )
        for standing in _COUNTED
    ]  # fmt: skip


def other_counts(rows: Sequence[InvitationRow]) -> list[tuple[str, str, int]]:
    """Those not sent yet and those taken back: words of the address, words, and how many, without empty ones."""
    counts = Counter(row.standing for row in rows)
    others = (InvitationStanding.UNSENT, InvitationStanding.REVOKED)
    return [(_ADDRESSES[each], str(STANDINGS[each]), counts[each]) for each in others if counts[each]]


def area_options(rows: Sequence[InvitationRow]) -> list[tuple[str, str]]:
    """The bodies above the invitees, to filter by, in the order of the list."""
    areas = {row.area_id: row.area for row in rows if row.area_id is not None}
    return [("", _("Mọi địa bàn")), *((str(key), name) for key, name in areas.items())]


def shown(row: InvitationRow, present: int | None, *, mailed: str = "") -> Shown:
    """A line in words; `present` is how many of those named were there, None before the event was held; `mailed` is what
    was answered by mail."""
    return Shown(
        row,
        f"{row.name}, {row.area}" if row.area and row.organisation_id else row.name,
        f"{len(row.named)}/{row.places}",
        _people(row),
        " · ".join(filter(None, (mailed, _told(row)))),
        _tag(row, present),
        row.standing is not InvitationStanding.REVOKED,
    )


def _details(rows: Sequence[InvitationRow]) -> dict[InvitationStanding, str]:
    people = sum(len(row.named) for row in rows if row.standing is InvitationStanding.NAMED)
    held = sum(row.held for row in rows if row.standing is InvitationStanding.PROMISED)
    unreached = any(row.standing is InvitationStanding.UNREACHED for row in rows)
    return {
        InvitationStanding.NAMED: ngettext("%(num)d người", "%(num)d người", people),
        InvitationStanding.PROMISED: ngettext("giữ %(num)d chỗ", "giữ %(num)d chỗ", held),
        InvitationStanding.UNREACHED: _("sửa địa chỉ, gửi lại") if unreached else "",
    }


def _people(row: InvitationRow) -> str:
    if row.named:
        names = ", ".join(row.named)
        return _("%(names)s · còn giữ %(held)s chỗ", names=names, held=row.held) if row.held else names
    if row.standing is InvitationStanding.PROMISED and row.held:
        return ngettext("Giữ %(num)d chỗ, tên sau", "Giữ %(num)d chỗ, tên sau", row.held)
    return row.reason if row.standing is InvitationStanding.DECLINED else ""


def _told(row: InvitationRow) -> str:
    said = [ngettext("Nhắc %(num)d lần", "Nhắc %(num)d lần", row.reminders)] if row.reminders else []
    if row.opened_at:
        said.append(_("mở thư %(day)s", day=_day(row.opened_at)))
    elif row.sent_at and row.standing is InvitationStanding.UNANSWERED:
        said.append(_("chưa mở thư"))
    return " · ".join(said)


def _day(at: datetime) -> str:
    return str(short_day(at))


def _tag(row: InvitationRow, present: int | None) -> Tag:
    """Where an invitation stands; after the event, how many of those named came: not coming is neither no nor silence."""
    if present is None or not row.named:
        return standing_tag(row.standing)
    if not present:
        return Tag(_("Vắng"), "bad")
    return Tag(_("Có mặt %(present)s/%(named)s", present=present, named=len(row.named)), "ok")
