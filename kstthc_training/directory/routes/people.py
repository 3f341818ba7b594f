"""The list of people, and the page of one: where they belong, how to reach them, what they attended."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training.directory import queries
from kstthc_training.directory.queries import Attended
from kstthc_training.directory.routes.blueprint import bp
from kstthc_training.directory.routes.phones import phone_shown
from kstthc_training.organisations.queries import get_organisation
from kstthc_training.people.doubles import doubles
from kstthc_training.people.finding import PersonRow, Sought, get_person, people_found
from kstthc_training.people.identity import me
from kstthc_training.people.likeness import alike, described
from kstthc_training.people.models import Person
from kstthc_training.people.policy import administers, keeps_directory, reads_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.registrations.words import state_tag
from kstthc_training.text import initials
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number, asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

MOST_EVENTS = 100
MOST_COMPARED = 5_000  # of more people the doubles are counted on their own page, so that this one stays quick


@bp.get("/nguoi")
@access(reads_directory)
def people() -> ResponseReturnValue:
    """Everybody of the directory, or of one organisation, fifty on a page."""
    note_reading("people.read", subject_type="directory")
    organisation_id = asked_number("noi")
    search, keeps = asked_words(), keeps_directory(me())
    sought = Sought(search=search, organisation_id=organisation_id, by_phone=keeps)
    rows, total = people_found(sought, limit=ROWS, offset=rows_before())
    return page(
        "directory/people.html",
        fragments=("danh_sach",),
        search=search,
        organisation=get_organisation(organisation_id) if organisation_id else None,
        rows=[(row, phone_shown(row.phone)) for row in rows],
        pager=pager(shown=len(rows), total=total),
        may_edit=keeps,
        doubles=len(doubles()) if keeps and sought == Sought() and total <= MOST_COMPARED else 0,
    )


@bp.get("/nguoi/<int:person_id>")
@access(reads_directory)
def person(person_id: int) -> ResponseReturnValue:
    """One person, and every event they were to attend; a closed row leads on to the one it was united with."""
    note_reading("person.read", subject_type="person", subject_id=get_person(person_id).id)
    found = get_person(person_id)
    if found.merged_into_id is not None:
        return see_other(url_for("directory.person", person_id=found.merged_into_id))
    events = queries.registrations_of(found.id, limit=MOST_EVENTS)
    return page(
        "directory/person.html",
        person=found,
        initials=initials(found.full_name),
        crumbs=_crumbs(found),
        phone=phone_shown(found.phone),
        speaks_for=queries.spoken_for_by(found.id),
        doubles=_doubles(found) if keeps_directory(me()) else [],
        events=[(event, *_outcome(event)) for event in events],
        attended=sum(bool(event.attended) for event in events),
        excused=sum(_is_excused(event) for event in events),
        may_edit=keeps_directory(me()) and found.erased_at is None,
        may_erase=administers(me()),
    )


def _doubles(found: Person) -> list[PersonRow]:
    return [each.person for each in alike(described(found))]


def _crumbs(found: Person) -> list[tuple[str, str | None]]:
    crumbs: list[tuple[str, str | None]] = [(_("Danh bạ"), url_for("directory.index"))]
    if found.organisation:
        href = url_for("directory.organisation", organisation_id=found.organisation.id)
        crumbs.append((found.organisation.short_name or found.organisation.name, href))
    return crumbs


def _is_excused(event: Attended) -> bool:
    return event.attended is False and bool(event.sessions_excused)


def _outcome(event: Attended) -> tuple[Any, str]:
    if event.attended:
        return _("Có mặt"), "ok"
    if event.attended is False:
        return (_("Vắng có lý do"), "") if event.sessions_excused else (_("Vắng không lý do"), "bad")
    tag = state_tag(event.state)
    return tag.label, tag.tone
