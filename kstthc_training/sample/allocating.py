"""Seats of press briefings given by one decision over all who applied: one decided before the event, one being prepared."""

from datetime import datetime, timedelta

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.registrations.allocation import Word
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import AllocationPlan, Registration
from kstthc_training.registrations.queries.allocation import USUAL, criteria_stored, plan_of, preview
from kstthc_training.registrations.service import decide_allocation, say_of_applicant
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

_ALPHABET, _SEED_LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12
_BEGUN_AFTER, _DECIDED_AFTER = timedelta(minutes=20), timedelta(minutes=50)
_SAID = ((Word.PINNED, "Phát trực tiếp buổi họp báo"), (Word.LAST, "Cơ quan đã phỏng vấn riêng Chánh Văn phòng tuần trước"))


def allocate(province: Province, made: Made) -> None:
    """Begin once registration has closed, and decide where the event is over; else a word or two are said beforehand."""
    closed_at = made.planned.closes_at
    _begin(province, made, closed_at + _BEGUN_AFTER)
    if made.planned.standing is Standing.CLOSED:
        _say(province, made, closed_at + _DECIDED_AFTER)
    else:
        _decide(province, made, closed_at + _DECIDED_AFTER)


def _begin(province: Province, made: Made, at: datetime) -> None:
    """As the verb begins it, but the seed is of the sample's own chance: the same day gives the same decision."""
    seed = "".join(province.chance.choice(_ALPHABET) for _ in range(_SEED_LENGTH))
    db.session.add(AllocationPlan(event_id=made.event.id, seed=seed, criteria=criteria_stored(USUAL)))
    db.session.flush()
    organizer = province.accounts.organizer
    record(actor=organizer, action="allocation.drawn", subject_type="event", subject_id=made.event.id, now=at, seed=seed)


def _say(province: Province, made: Made, at: datetime) -> None:
    """Of applicants without an account to try: the first comes for certain, the last only if seats are left."""
    tried = {actor.person_id for actor in province.accounts.by_login.values()}
    applied = select(Registration.id).where(
        Registration.event_id == made.event.id, Registration.state == RegistrationState.PENDING,
        Registration.person_id.not_in(tried),
    )  # fmt: skip
    ids = db.session.scalars(applied.order_by(Registration.id)).all()
    for version, (registration_id, (word, reason)) in enumerate(zip((ids[0], ids[-1]), _SAID, strict=True), start=1):
        say_of_applicant(
            actor=province.accounts.organizer, event_id=made.event.id, registration_id=registration_id,
            word=word, reason=reason, version=version, now=at,
        )  # fmt: skip


def _decide(province: Province, made: Made, at: datetime) -> None:
    plan = plan_of(made.event.id)
    assert plan is not None  # noqa: S101 - begun just before
    seen = preview(made.event, plan).mark
    decide_allocation(actor=province.accounts.organizer, event_id=made.event.id, version=plan.version, seen=seen, now=at)
