"""Của tôi: one's own tickets, those to come and those that were."""

from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.agenda.invited import answer_href
from kstthc_training.agenda.routes.blueprint import bp
from kstthc_training.events.enums import EventState
from kstthc_training.events.standing import Standing
from kstthc_training.events.words import Tag, place_words, standing_tag
from kstthc_training.invitations.queries import unanswered_by
from kstthc_training.mandates.overview import duties_of
from kstthc_training.mandates.words import standing_tag as duty_tag
from kstthc_training.people.identity import me
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.queries import OwnRegistration, registrations_of
from kstthc_training.registrations.words import state_tag
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.pages import page


@bp.get("/cua-toi")
@access(signed_in)
def mine() -> ResponseReturnValue:
    """What the reader is asked to, his own registrations, and the trainings that are mandatory for him."""
    person_id, now = me().person_id or 0, clock.now()
    own = registrations_of(person_id, now=now)
    return page(
        "agenda/mine.html",
        invitations=[(one.event, answer_href(one)) for one in unanswered_by(person_id, now=now)],
        upcoming=[_said(row) for row in own.upcoming],
        past=[_said(row) for row in own.past],
        duties=[(duty, duty_tag(duty.own.standing)) for duty in duties_of(person_id, now=now)],
    )


def _said(row: OwnRegistration) -> tuple[OwnRegistration, str, Tag | None]:
    """A registration with its place and the tag that says what is not as usual."""
    place = place_words(row.mode, row.venue)
    if row.event_state in (EventState.CANCELLED, EventState.POSTPONED):
        return row, place, standing_tag(Standing(row.event_state.value))
    return row, place, state_tag(row.state, row.place) if row.state is not RegistrationState.CONFIRMED else None
