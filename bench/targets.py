"""Inside the product, before it is measured: what to ask for, and as whom. Run as a process of its own, it prints JSON."""

import io
import json
import sys
from typing import Any

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import delete, func, select

from kstthc_training import clock
from kstthc_training.application import create_app
from kstthc_training.attendance.models import Presence
from kstthc_training.calendars.models import CalendarEntry
from kstthc_training.calendars.queries import feed_secret
from kstthc_training.calendars.scopes import ALL, MINE, Scope
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.service import keep_upload
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.files.store import own_store
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Account, Person
from kstthc_training.people.service.sign_ins import open_sign_in
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.sample.multitude.measured import CROWDED, FEED_LOGIN, FEW_SEATS, SOUGHT, VISITOR_LOGIN, VISITORS
from kstthc_training.sheets import LIMITS

ORGANIZER = "to-chuc@mau.example"
LISTED = 5_000


def asked_for() -> dict[str, Any]:
    """Addresses and sign-ins for every row of the table."""
    crowded = _event(CROWDED)
    last = select(Session.id).where(Session.event_id == crowded.id).order_by(Session.position.desc()).limit(1)
    session_id = db.session.execute(last).scalar_one()
    unmarked = (
        select(Registration.id)
        .outerjoin(Presence, (Presence.registration_id == Registration.id) & (Presence.session_id == session_id))
        .where(Registration.event_id == crowded.id, Registration.state == RegistrationState.CONFIRMED)
        .where(Presence.mark_id.is_(None))
        .order_by(Registration.id)
    )
    return {
        "crowded": crowded.code,
        "crowded_session": session_id,
        "unmarked": list(db.session.scalars(unmarked)),
        "sought": _event(SOUGHT).code,
        "few_seats": _event(FEW_SEATS).code,
        "shown": _running(),
        "name": _name_in_the_middle(),
        "feed": _feed(MINE),
        "public_feed": _feed(ALL),
        "organizer": _sign_in(ORGANIZER),
        "visitors": [_sign_in(VISITOR_LOGIN.format(number=number)) for number in range(1, VISITORS + 1)],
        "list": _list_for(_event(SOUGHT)),
        "today": clock.local_date(clock.now()).isoformat(),
    }


def _list_for(event: Event) -> int:
    """A file with 5,000 people whom nobody knows yet, handed in for an event and not taken in."""
    lines = ["họ tên;chức vụ;đơn vị;email"]
    lines += [f"Đặng Mẫu Số {n};Chuyên viên;BAO-KG;danh-sach-{n}@mau.example" for n in range(1, LISTED + 1)]
    account_id = db.session.scalars(select(Account.id).where(Account.login == ORGANIZER)).one()
    with own_store().holding(io.BytesIO("\r\n".join(lines).encode()), limit=LIMITS.octets) as kept:
        upload = keep_upload(
            actor=Actor(account_id=account_id), kind=ImportKind.PEOPLE, file_name="danh-sach.csv", kept=kept,
            event_id=event.id, now=clock.now(),
        )  # fmt: skip
        return upload.id


def _event(title: str) -> Event:
    return db.session.scalars(select(Event).where(Event.title == title)).one()


def _running() -> str:
    now = clock.now()
    goes_on = (Event.state == EventState.RELEASED, Event.starts_at < now, Event.title != CROWDED)
    return db.session.scalars(select(Event).where(*goes_on).order_by(Event.starts_at.desc()).limit(1)).one().code


def _name_in_the_middle() -> str:
    """Part of a name, without its accents, as one types it."""
    found = select(Person.search_text).order_by(Person.sort_key).offset(200).limit(1)
    return " ".join(db.session.execute(found).scalar_one().split()[:3])


def _feed(scope: Scope) -> str:
    """The address of a feed."""
    person_id = db.session.scalars(select(Account.person_id).where(Account.login == FEED_LOGIN)).one()
    secret = feed_secret(_settings().key, person_id=person_id, generation=1, scope=scope)
    return f"/ics/{secret}/{scope.name}.ics"


def _sign_in(login: str) -> dict[str, str]:
    """The cookie of a browser that is signed in, and the token that its forms carry."""
    from flask import current_app

    account_id = db.session.scalars(select(Account.id).where(Account.login == login)).one()
    secret = open_sign_in(account_id=account_id, address="127.0.0.1", browser="bench", now=clock.now())
    kept = {"_user_id": secret, "_fresh": True, "csrf_token": "of the bench"}
    serializer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
    token = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps("of the bench")
    name = current_app.config["SESSION_COOKIE_NAME"]
    return {"cookie": f"{name}={serializer.dumps(kept)}", "token": str(token)}


def _settings() -> Any:
    from flask import current_app

    return current_app.config["SETTINGS"]


def forget_entries() -> None:
    """Keep no calendar entry, so that a feed is built from nothing."""
    with unit_of_work():
        db.session.execute(delete(CalendarEntry))


def seats() -> dict[str, Any]:
    """What became of the few seats: what the pool says, what the rows say, and the numbers of the queue."""
    event = _event(FEW_SEATS)
    pool = db.session.scalars(select(SeatPool).where(SeatPool.event_id == event.id)).one()
    states = db.session.execute(
        select(Registration.state, func.count()).where(Registration.event_id == event.id).group_by(Registration.state)
    )
    waiting = select(Registration.queue_number).where(
        Registration.event_id == event.id, Registration.state == RegistrationState.WAITING
    )
    return {
        "capacity": pool.capacity,
        "taken": pool.taken,
        "states": {state.value: count for state, count in states},
        "queue": sorted(n for n in db.session.scalars(waiting) if n is not None),
    }


def main(task: str) -> None:
    """One task on the data that the environment names."""
    with create_app().app_context():
        if task == "asked-for":
            with unit_of_work():
                print(json.dumps(asked_for()))
        elif task == "forget-entries":
            forget_entries()
        else:
            print(json.dumps(seats()))


if __name__ == "__main__":
    main(sys.argv[1])
