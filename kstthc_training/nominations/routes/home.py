"""Đơn vị: what waits for a focal point's answer, what was answered, and the people of the organisation."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.compliance.queries import last_year_of
from kstthc_training.compliance.words import FIGURES
from kstthc_training.events.enums import EventState
from kstthc_training.events.standing import Standing
from kstthc_training.events.words import Tag, place_words, standing_tag
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.queries import OwnInvitation, invitations_of
from kstthc_training.mandates.overview import office_duties
from kstthc_training.nominations.forms import AnswerForm
from kstthc_training.nominations.queries import staff_of
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.queries import (
    AnsweredEvent,
    answered_events,
    belonging_to,
    open_events,
    organisations_of,
    year_figures,
)
from kstthc_training.registrations.words import seats_left_words
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_number
from kstthc_training.web.locale import short_day
from kstthc_training.web.pages import page

SHOWN_STAFF = 6


@bp.get("/don-vi")
@access(is_focal_point)
def home() -> ResponseReturnValue:
    """One of the organisations that the actor speaks for: the one asked for, else the first."""
    return home_page(_chosen(organisations_of(me().focal_of)))


def home_page(organisation: Organisation, *, form: AnswerForm | None = None, status: int = 200) -> Response:
    """An organisation's page: invitations first, the nearest deadline first, then events that are open to it."""
    now = clock.now()
    organisations = organisations_of(me().focal_of)
    staff = staff_of(organisation.id)
    asked = invitations_of(organisation.id, now=now)
    invited = {each.event_id for each in asked}
    open_to_it = open_events(organisation.id, belonging=belonging_to(organisation.id), now=now)
    meant = [event for event in open_to_it if event.id not in invited]
    shut = [event for event in meant if event.opens_at and event.opens_at > now]
    return page(
        "nominations/home.html",
        status=status,
        form=form,
        organisation=organisation,
        waiting=[(each, place_words(each.mode, each.venue)) for each in asked if each.waits_for_answer],
        promised=[
            (each, place_words(each.mode, each.venue), _promised_tag(each))
            for each in asked
            if not each.named and each.answer is not InvitationAnswer.NONE
        ],
        others=_switch(organisations, organisation),
        open_events=[
            (event, place_words(event.mode, event.venue), seats_left_words(event.seats))
            for event in meant
            if event not in shut
        ],
        opening=[
            (event, place_words(event.mode, event.venue))
            for event in sorted(shut, key=lambda event: (event.opens_at, event.starts_at))
        ],
        answered=[(event, _answered_tag(event)) for event in answered_events(organisation.id, now=now)],
        newcomers=sorted(staff, key=lambda person: person.times)[:SHOWN_STAFF],
        staff_count=len(staff),
        year=year_figures(organisation.id, now=now),
        duties=office_duties(organisation.id, now=now),
        figures=[(FIGURES[figure], number) for figure, number in last_year_of(organisation.id, now=now)],
        now=now,
    )


def _promised_tag(asked: OwnInvitation) -> Tag:
    """What was answered without names: no, or places that are held until names are due."""
    if asked.answer is InvitationAnswer.DECLINED:
        return Tag(_("Không dự được"))
    if asked.held and asked.held_until:
        return Tag(_("Giữ %(n)s chỗ, tên trước %(day)s", n=asked.held, day=short_day(asked.held_until)), "warn")
    return Tag(_("Đã nhận lời, chờ ghi tên"), "info")


def _answered_tag(event: AnsweredEvent) -> Tag:
    """How an event with people of the organisation stands: called off, else how many have a seat and how many wait."""
    if event.event_state in (EventState.CANCELLED, EventState.POSTPONED):
        return standing_tag(Standing(event.event_state.value))
    waiting = len(event.people) - event.seated
    if waiting:
        return Tag(_("%(seated)s có chỗ, %(waiting)s chờ", seated=event.seated, waiting=waiting), "warn")
    return Tag(ngettext("%(num)d có chỗ", "%(num)d có chỗ", event.seated), "ok")


def _chosen(organisations: list[Organisation]) -> Organisation:
    wanted = asked_number("dv")
    if wanted is None:
        return organisations[0]
    chosen = next((o for o in organisations if o.id == wanted), None)
    if chosen is None:
        raise Unknown(organisation_id=wanted)
    return chosen


def _switch(organisations: list[Organisation], current: Organisation) -> list[dict[str, object]]:
    if len(organisations) < 2:
        return []
    return [
        {
            "label": o.short_name or o.name,
            "href": url_for(".home", dv=o.id),
            "current": o.id == current.id,
            "count": None,
        }
        for o in organisations
    ]
