"""One event as a file."""

from dataclasses import replace

from flask import make_response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock
from kstthc_training.calendars import queries
from kstthc_training.calendars.routes.blueprint import bp, installation, page_of
from kstthc_training.events.ical import entry_of
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.ical import Language, Mailbox, content_type, single
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.scheduling.queries import raised_for
from kstthc_training.settings.queries import office_on
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.locale import is_english


@bp.get("/hop/<event_code:code>.ics")
@access(signed_in)
def event_file(code: str) -> ResponseReturnValue:
    """One event as a file to open once (METHOD:PUBLISH), in its reader's language; the online address is for those with a
    seat."""
    options = (joinedload(Event.kind), joinedload(Event.venue), joinedload(Event.host), selectinload(Event.sessions))
    event = get_event(actor=me(), code=code, options=options)
    insider = runs_events(me()) or queries.is_registered(event_id=event.id, person_id=me().person_id)
    above = raised_for(me().person_id or 0)
    entries = [
        entry_of(
            event,
            session,
            url=page_of(event),
            online=insider,
            organizer=_organizer(event),
            language=Language.ENGLISH if is_english() else Language.VIETNAMESE,
        )
        for session in event.sessions
    ]
    entries = [
        replace(entry, sequence=entry.sequence + above.get(session.id, 0))
        for entry, session in zip(entries, event.sessions, strict=True)
    ]
    answer = make_response(single(entries))
    answer.headers["Content-Type"] = content_type("PUBLISH")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{event.code}.ics")
    return answer


def _organizer(event: Event) -> Mailbox:
    office = office_on(clock.local_date(event.starts_at))
    return Mailbox(event.host.name if event.host else office.name, installation().mail_from)
