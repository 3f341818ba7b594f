"""Của tôi: one's own tickets, those to come and those that were."""

from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.agenda.routes.blueprint import bp
from kstthc_training.agenda.words import place_words
from kstthc_training.people.identity import me
from kstthc_training.registrations.queries import registrations_of
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.pages import page


@bp.get("/cua-toi")
@access(signed_in)
def mine() -> ResponseReturnValue:
    """The reader's own registrations."""
    own = registrations_of(me().person_id or 0, now=clock.now())
    return page("agenda/mine.html", own=own, place_words=place_words)
