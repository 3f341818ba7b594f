"""Feeds as programs read them: by address alone."""

import icalendar

from kstthc_training import clock
from kstthc_training.calendars.queries import feed_secret, find_follower
from kstthc_training.calendars.scopes import MINE
from kstthc_training.calendars.service.addresses import own_feed
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.models import Person


def address_of(app, account, scope=MINE, generation=1):
    """Where an account's feed of a scope lies."""
    secret = feed_secret(app.config["SETTINGS"].key, person_id=account.person_id, generation=generation, scope=scope)
    return f"/ics/{secret}/{scope.name}.ics"


def entries(answer):
    """The entries of a feed by title."""
    assert answer.status_code == 200
    return {str(entry["SUMMARY"]): entry for entry in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def titles(answer):
    """The titles of a feed, in order."""
    return sorted(entries(answer))


def person_of(account):
    """The person of an account, usable when the session has moved on."""
    person = db.session.get_one(Person, account.person_id)
    db.session.expunge(person)
    return person


def switch(account, **shown):
    """What one's own feed shows."""
    with unit_of_work():
        feed = own_feed(account.person_id, MINE, clock.now())
        for name, value in shown.items():
            setattr(feed, f"shows_{name}", value)


def may_read(account, scope):
    """Whether an account may follow a scope now."""
    return find_follower(account.person_id, scope=scope, today=clock.local_date(clock.now())) is not None
