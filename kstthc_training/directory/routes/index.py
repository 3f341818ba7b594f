"""The list of organisations, by kind, searched without accents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.directory import queries
from kstthc_training.directory.queries import PlaceRow, PlacesWanted
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.wording import where_words
from kstthc_training.organisations.models import OrganisationKind
from kstthc_training.organisations.queries import get_organisation, kinds
from kstthc_training.people.finding import Sought, count_people
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory, reads_directory
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.locale import day
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

_OF_ONE_KIND = {"department": "so", "district": "huyen", "commune": "xa"}


@dataclass(frozen=True)
class Group:
    """Kinds that are looked for together, by the word in the address."""

    word: str
    label: str
    kind_ids: frozenset[int]
    count: int


@bp.get("")
@access(reads_directory)
def index() -> ResponseReturnValue:
    """Organisations that exist today, or all there ever were, fifty on a page."""
    today = clock.local_date(clock.now())
    groups = _groups(kinds(), queries.kind_counts(today))
    group = next((each for each in groups if each.word == request.args.get("loai")), None)
    search = asked_words()
    parent_id = asked_number("thuoc")
    wanted = PlacesWanted(
        on=today,
        search=search,
        kind_ids=group.kind_ids if group else None,
        parent_id=parent_id,
        ended=bool(request.args.get("het")),
        without_focal_point=request.args.get("thieu") == "dau-moi",
    )
    rows = queries.places_found(wanted, limit=ROWS, offset=rows_before())
    doubles = queries.same_names(rows, today)
    return page(
        "directory/index.html",
        fragments=("danh_sach",),
        figures=queries.figures_on(today),
        groups=groups,
        group=group,
        wanted=wanted,
        parent=get_organisation(parent_id) if parent_id else None,
        rows=[_shown(row, doubles, wanted) for row in rows],
        pager=pager(shown=len(rows), total=queries.count_places(wanted)),
        people_too=count_people(Sought(search=search, by_phone=keeps_directory(me()))) if search else 0,
        may_edit=keeps_directory(me()),
    )


def _groups(all_kinds: Sequence[OrganisationKind], counts: dict[int, int]) -> list[Group]:
    labels = {"so": _("Sở, ngành"), "huyen": _("Huyện"), "xa": _("Xã"), "bao-chi": _("Báo chí"), "khac": _("Khác")}
    members: dict[str, set[int]] = {word: set() for word in labels}
    for kind in all_kinds:
        members["bao-chi" if kind.is_press else _OF_ONE_KIND.get(kind.code, "khac")].add(kind.id)
    groups = [
        Group(word, labels[word], frozenset(ids), sum(counts.get(each, 0) for each in ids)) for word, ids in members.items()
    ]
    return [group for group in groups if group.count or group.word == request.args.get("loai")]


def _shown(row: PlaceRow, doubles: set[str], wanted: PlacesWanted) -> dict[str, Any]:
    organisation = row.organisation
    return {
        "id": organisation.id,
        "name": organisation.name,
        "where": where_words(organisation),
        "focal_points": ", ".join(each.full_name for each in row.focal_points),
        "people": row.people,
        "rate": row.participation.rate if row.participation else None,
        "tag": _tag(row, doubles, wanted),
    }


def _tag(row: PlaceRow, doubles: set[str], wanted: PlacesWanted) -> tuple[str, str] | None:
    organisation = row.organisation
    if organisation.valid_to and organisation.valid_to < wanted.on:
        return _("Hết hiệu lực %(day)s", day=day(organisation.valid_to)), ""
    if organisation.valid_from and organisation.valid_from > wanted.on:
        return _("Từ %(day)s", day=day(organisation.valid_from)), "info"
    if not row.focal_points:
        return _("Chưa có đầu mối"), "warn"
    return (_("Trùng tên"), "") if organisation.name in doubles else None
