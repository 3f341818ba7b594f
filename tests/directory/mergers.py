"""Organisations before a merger, the act and its undoing, and what is on record afterwards."""

from datetime import date

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.directory.service import mergers
from kstthc_training.invitations.models import Invitation
from kstthc_training.people.models import Person, RoleGrant
from kstthc_training.registrations.models import Registration, SeatPool, SeatReservation
from kstthc_training.registrations.queries.holders import counted_by
from tests.registrations.actors import an_organizer
from tests.support.factories import make_organisation

DAY = date(2026, 3, 1)
SNAPSHOT = {
    Person: ("id", "organisation_id"),
    RoleGrant: ("id", "account_id", "role", "organisation_id", "granted_at"),
    Invitation: (
        "id", "organisation_id", "places", "places_accepted", "answer", "answered_at", "answer_by", "revoked_at",
        "merged_into_id",
    ),
    Registration: ("id", "organisation_id", "seat_organisation_id", "state", "holds_seat"),
    SeatReservation: ("id", "organisation_id", "places", "until"),
    SeatPool: ("id", "kind", "subject", "capacity", "taken", "follows_default"),
}  # fmt: skip


def communes():
    """Two communes that end and one that begins."""
    return (
        make_organisation("UBND xã Ngọc Hòa", kind="commune", level="commune"),
        make_organisation("UBND xã Hòa Thuận", kind="commune", level="commune"),
        make_organisation("UBND xã Hòa Thuận (mới)", kind="commune", level="commune", valid_from=DAY),
    )


def merger_of(*before, into, **said):
    """What the keeper says of a merger on the day."""
    after = into if isinstance(into, tuple) else (into,)
    values = {"effective_on": DAY, "legal_basis": "Nghị quyết 1654", **said}
    return Merger(
        predecessor_ids=tuple(each.id for each in before), successor_ids=tuple(each.id for each in after), **values
    )


def merged(*before, into, actor=None, now=None, **said):
    """A merger carried out; the answer is the number of its act."""
    db.session.rollback()
    with unit_of_work():
        act = mergers.merge(
            actor=actor or an_organizer(), merger=merger_of(*before, into=into, **said), now=now or clock.now()
        )
        return act.id


def undone(act_id, *, actor=None, now=None):
    """An act taken back."""
    db.session.rollback()
    with unit_of_work():
        mergers.undo(actor=actor or an_organizer(), act_id=act_id, now=now or clock.now())


def on_record():
    """Every row that a merger may touch, as it is now; rows that went are not there."""
    db.session.rollback()
    return {
        model.__tablename__: sorted(
            tuple(str(value) for value in row)
            for row in db.session.execute(select(*(getattr(model, n) for n in names)))
            if model not in (Person, RoleGrant) or row.organisation_id  # those who act have no organisation
        )
        for model, names in SNAPSHOT.items()
    }


def pools_hold():
    """Whether every pool counts exactly the seats that are held."""
    db.session.rollback()
    pools = db.session.scalars(select(SeatPool)).all()
    return all(p.taken == db.session.execute(select(counted_by(p.event_id, p.kind, p.subject))).scalar_one() for p in pools)


def only(model, **where):
    """The one row that is so."""
    db.session.rollback()
    return db.session.scalars(select(model).filter_by(**where), execution_options={"populate_existing": True}).one()


def an_act(act_id):
    """An act as it is on record."""
    return only(DirectoryAct, id=act_id)
