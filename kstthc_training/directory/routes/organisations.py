"""The page of one organisation: who works there, what it was called, and its part in events."""

from datetime import date
from itertools import zip_longest
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.compliance.enums import ComplianceFigure
from kstthc_training.compliance.queries import last_year_of
from kstthc_training.compliance.words import FIGURES
from kstthc_training.directory import queries
from kstthc_training.directory.queries import FocalPoint, HeldEvent
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.routes.phones import phone_shown
from kstthc_training.directory.wording import where_words
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import get_organisation, names_of, predecessors_of, successors_of
from kstthc_training.people.finding import PersonRow, Sought, people_found
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory, reads_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.text import shown_phone
from kstthc_training.web.access import access
from kstthc_training.web.pages import page

MOST_PEOPLE = 100
MOST_EVENTS = 12


@bp.get("/don-vi/<int:organisation_id>")
@access(reads_directory)
def organisation(organisation_id: int) -> ResponseReturnValue:
    """One organisation, existing or not any more."""
    note_reading("people.read", subject_type="organisation", subject_id=organisation_id)
    found = get_organisation(organisation_id)
    today = clock.local_date(clock.now())
    first, last = clock.year_to(today)
    people, people_count = people_found(Sought(organisation_id=found.id), limit=MOST_PEOPLE)
    focal_points = queries.focal_points_of([found.id]).get(found.id, [])
    return page(
        "directory/organisation.html",
        organisation=found,
        where=where_words(found),
        ended=found.valid_to is not None and found.valid_to < today,
        today=today,
        crumbs=_crumbs(found),
        names=_names(found),
        predecessors=predecessors_of(found.id),
        successors=successors_of(found.id),
        people=_people(people, focal_points),
        people_count=people_count,
        focal_points=focal_points,
        phone=shown_phone(found.phone),
        beneath=queries.count_places(queries.PlacesWanted(on=today, parent_id=found.id)),
        participation=queries.participation_of([found.id], first=first, last=last).get(found.id),
        events=[_event(each) for each in queries.events_held_with(found.id, first=first, last=last, limit=MOST_EVENTS)],
        figures=[(FIGURES[figure], number) for figure, number in last_year_of(found.id, now=clock.now())],
        invited_href=url_for(
            "reports.compliance_rows",
            figure=ComplianceFigure.INVITED.value,
            dv=found.id,
            tu=f"{first:%d/%m/%Y}",
            den=f"{last:%d/%m/%Y}",
        ),
        may_edit=keeps_directory(me()),
    )


def _crumbs(found: Organisation) -> list[tuple[str, str | None]]:
    crumbs: list[tuple[str, str | None]] = [(_("Danh bạ"), url_for("directory.index"))]
    if found.parent:
        href = url_for("directory.organisation", organisation_id=found.parent.id)
        crumbs.append((found.parent.short_name or found.parent.name, href))
    return crumbs


def _names(found: Organisation) -> list[tuple[str, date | None, date | None]]:
    """Each name with the day from which and the day until which it was borne, the open ends None."""
    borne = names_of(found.id)
    return [
        (each.name, each.valid_from or found.valid_from, until - date.resolution if until else found.valid_to)
        for each, until in zip_longest(borne, [following.valid_from for following in borne[1:]])
    ]


def _people(people: list[PersonRow], focal_points: list[FocalPoint]) -> list[dict[str, Any]]:
    speakers = {each.person_id for each in focal_points}
    attended = queries.attended_by([person.id for person in people])
    return [
        {
            "id": person.id,
            "name": person.full_name,
            "title": person.title,
            "phone": phone_shown(person.phone),
            "attended": attended.get(person.id, 0),
            "is_focal_point": person.id in speakers,
        }
        for person in people
    ]


def _event(held: HeldEvent) -> dict[str, Any]:
    absent = held.expected - held.present - held.excused
    if absent:
        label, tone = ngettext("%(num)d vắng không lý do", "%(num)d vắng không lý do", absent), "bad"
    elif held.present:
        label, tone = _("Có mặt"), "ok"
    else:
        label, tone = _("Vắng có lý do"), ""
    return {"held": held, "label": label, "tone": tone}
