"""What guests of the races do: they send the page behind the shared link, or what a check before the write would do."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.ids import typed_code
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.registrations.queries.guests import find_known_guest
from tests.registrations.fair_rivals import READING_TAKES, Act
from tests.registrations.visitors import a_draft
from tests.support.browser import CheckingClient


def _send(product: Flask, address: str, data: dict[str, Any]) -> Act:
    """Send the page in a browser of one's own."""
    client = CheckingClient(product)

    def act() -> str:
        answer = client.post(address, data=dict(data))
        return f"{answer.status_code} {answer.headers.get('Location', '')}"

    return act


def _unguarded_send(_product: Flask, event_id: int, form_secret: str) -> Act:
    """Read whether the guest is known already, then write him down."""
    draft = replace(a_draft(), form_secret=form_secret)

    def act() -> str:
        known = find_known_guest(event_id, full_name=draft.full_name, email=draft.email, phone=draft.phone)
        db.session.rollback()
        time.sleep(READING_TAKES)
        if known is None:
            with unit_of_work() as session:
                now = clock.now()
                person = Person(full_name=draft.full_name, email=draft.email, created_at=now)
                session.add(person)
                session.flush()
                row = Registration(
                    event_id=event_id, person_id=person.id, source=RegistrationSource.SELF, ticket_code=typed_code(),
                    state=RegistrationState.PENDING, registered_at=now, changed_at=now,
                )  # fmt: skip
                session.add(row)
                session.flush()
                session.add(
                    GuestEntry(
                        registration_id=row.id, organisation="Báo", search_text="bao", form_hash=draft.form_hash(event_id)
                    )
                )
        return "done"

    return act


GUEST_ACTS: dict[str, Callable[..., Act]] = {"send": _send, "unguarded send": _unguarded_send}
