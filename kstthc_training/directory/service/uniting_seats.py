"""Seats of united registrations: of two at one event one becomes free, and is taken again when the uniting is undone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.directory.changes import Change
from kstthc_training.directory.errors import UndoContradicted
from kstthc_training.directory.uniting.against import SeatTaken
from kstthc_training.directory.uniting.standing import United
from kstthc_training.people.actors import Actor
from kstthc_training.registrations.enums import Circle, Place, RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.queries.holders import Claim
from kstthc_training.registrations.service.queue import plan_expiry
from kstthc_training.registrations.service.seats import HeldEvent, free_seat, pools_for, take_seats


def give_back(held: Mapping[int, HeldEvent], united: Iterable[United]) -> list[dict[str, object]]:
    """Free every seat but that of the registration that stands best; the answer says how each was counted.

    The registrations themselves must be written then.
    """
    freed: list[dict[str, object]] = []
    for each in united:
        for row in each.given_back:
            free_seat(held[each.event.id], row)
            place = None if row.place is None else row.place.value
            claim = {"circle": row.circle.value, "organisation_id": row.seat_organisation_id, "place": place}
            freed.append({"event_id": each.event.id, **claim})
    return freed


def take_back(held: Mapping[int, HeldEvent], freed: Iterable[Mapping[str, object]]) -> None:
    """Take the seats again that became free; `UndoContradicted` when somebody else sits there now."""
    for each in freed:
        event, organisation, place = int(str(each["event_id"])), each["organisation_id"], each["place"]
        claim = Claim(
            Circle(str(each["circle"])),
            None if organisation is None else int(str(organisation)),
            None if place is None else Place(str(place)),
        )
        if take_seats(pools_for(held[event], claim)) is not None:
            raise UndoContradicted(contradictions=[SeatTaken(event)])


def note_steps(actor: Actor, changes: Collection[Change], rule: StepRule, now: datetime) -> None:
    """Each registration whose state changed says so in its own history; an offer that went over ends when it ended."""
    for change in changes:
        before, after = change.before or {}, change.after or {}
        if change.table != Registration.__tablename__ or "state" not in after or before["state"] is after["state"]:
            continue
        step = RegistrationStep(
            registration_id=change.key["id"], at=now, account_id=actor.account_id, from_state=before["state"],
            to_state=after["state"], rule=rule,
        )  # fmt: skip
        db.session.add(step)
        db.session.flush()
        if after["state"] is RegistrationState.OFFERED:
            row = db.session.scalars(select(Registration).where(Registration.id == change.key["id"])).one()
            plan_expiry(row, step.id, after["offer_ends_at"], now=now)
