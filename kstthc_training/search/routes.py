"""One search over all that its reader may see."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from kstthc_training import clock
from kstthc_training.events.models import Event
from kstthc_training.events.standing import standing_of
from kstthc_training.events.words import standing_tag
from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory, reads_directory
from kstthc_training.people.readings import note_reading
from kstthc_training.search import queries
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.pages import page
from kstthc_training.web.paging import asked_page, pager

bp = Blueprint("search", __name__)

MOST_EVENTS = 30
MOST_OTHERS = 10


@bp.get("/tim")
@access(signed_in)
def index() -> ResponseReturnValue:
    """Events, and for those who read the directory organisations and people, found by every word; a number leads on.

    Thirty events on a page; organisations and people stand on the first one, and lead to their lists.
    """
    search, actor = asked_words(), me()
    if code := queries.event_numbered(actor, search):
        return see_other(url_for("agenda.event", code=code))
    now, number = clock.now(), asked_page()
    reads = reads_directory(actor) and bool(search) and number == 1
    if reads:
        note_reading("people.read", subject_type="search")
    events = queries.Found[Event]([], 0)
    if search:
        events = queries.events_by(actor, search, now=now, limit=MOST_EVENTS, offset=(number - 1) * MOST_EVENTS)
    return page(
        "search/index.html",
        search=search,
        events=events,
        event_rows=[(event, standing_tag(standing_of(event, now))) for event in events.rows],
        pager=pager(shown=len(events.rows), total=events.total, rows=MOST_EVENTS),
        organisations=queries.organisations_by(search, limit=MOST_OTHERS) if reads else None,
        people=queries.people_by(search, by_phone=keeps_directory(actor), limit=MOST_OTHERS) if reads else None,
        searches_directory=reads_directory(actor),
    )
