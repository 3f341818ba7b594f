"""The product with one person in every list there is, and all that can be opened of it."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta

from flask import Flask

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.invitations.models import Invitation
from kstthc_training.mandates.models import Mandate, MandatePerson
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.web.access import declared_rule, impersonal
from tests.house.test_access import address, routes
from tests.privacy.kept import EMAIL, NAME, PHONE, TITLE
from tests.support.browser import CheckingClient
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

PHONES = (PHONE, "0912 345 678", "+84912345678", "0912.345.678", "912345678")
SEARCHES = ("", "?q=danh+dau", f"?q={PHONE}")


def everywhere() -> tuple[Event, dict[str, Account]]:
    """An event that runs now with the person among those registered, invited, awaiting and listed; and one of each role."""
    organisation = make_organisation("Sở Có Người")
    person = make_person(
        NAME, title=TITLE, email=EMAIL, phone=PHONE, organisation_id=organisation.id,
        search_text=f"danh dau vet | {EMAIL} {PHONE}",
    )  # fmt: skip
    event = make_event(starts_at=clock.now() - timedelta(minutes=10), capacity=50)
    coming = make_event("Cuộc sắp tới", capacity=50)
    door = make_account()
    for each, state in ((event, RegistrationState.CONFIRMED), (coming, RegistrationState.PENDING)):
        make_registration(each, person, state=state)
    with unit_of_work():
        now = clock.now()
        db.session.add(DoorStaff(event_id=event.id, person_id=door.person_id))
        db.session.add(Invitation(event_id=coming.id, person_id=person.id, made_at=now))
        db.session.add(Invitation(event_id=coming.id, organisation_id=organisation.id, places=3, made_at=now))
        mandate = Mandate(name="Tập huấn bắt buộc", due_on=clock.local_date(now), made_at=now)
        db.session.add(mandate)
        db.session.flush()
        db.session.add(MandatePerson(mandate_id=mandate.id, person_id=person.id, added_at=now))
    return event, {
        "member": make_account(),
        "door_staff": door,
        "focal_point": make_account(focal_of=organisation),
        "leader": make_account(Role.LEADER),
        "administrator": make_account(Role.ADMINISTRATOR),
    }


def holds_person() -> Person:
    """The person in all those lists."""
    return db.session.query(Person).filter_by(full_name=NAME).one()


def opened(app: Flask, browser: CheckingClient, codes: list[str]) -> Iterator[tuple[str, str, str]]:
    """Every GET of the product with each event and search: endpoint, address, and what can be read of the answer."""
    for method, _rule, endpoint in routes(app):
        if method != "GET" or endpoint == "static" or declared_rule(app, endpoint) is impersonal:
            continue
        paths = {address(app, endpoint, code) for code in codes}
        for path in sorted(path + search for path in paths for search in SEARCHES):
            answer = browser.get(path)
            assert answer.status_code < 500, path
            if answer.status_code == 200:
                yield endpoint, path, readable(answer.data)


def readable(body: bytes) -> str:
    """The text of a page or a file: archives are opened, the streams of a PDF unpacked."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(readable(packed.read(name)) for name in packed.namelist())
    if body.startswith(b"%PDF"):
        return "\n".join(_unpacked(part) for part in body.split(b"stream"))
    return body.decode("utf-8", "replace")


def _unpacked(part: bytes) -> str:
    try:
        return zlib.decompress(part.strip(b"\r\n")).decode("latin-1")
    except zlib.error:
        return ""
