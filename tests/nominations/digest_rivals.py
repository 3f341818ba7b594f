"""Workers that write the digests of a day at one instant, also ones that look whether a digest was written before."""

import time
from collections.abc import Callable
from datetime import date, datetime

from flask import Flask
from sqlalchemy import select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.messages.models import Notice
from kstthc_training.messages.queries import for_digest
from kstthc_training.nominations import jobs
from tests.registrations.fair_rivals import READING_TAKES, Act


def _write(_product: Flask, day: str, now: str) -> Act:
    """Run the job as a worker does."""

    def act() -> str:
        jobs.write_digests({"day": day}, datetime.fromisoformat(now))
        return "done"

    return act


def _unguarded(_product: Flask, day: str, now: str) -> Act:
    """Read what waits, and take it afterwards."""

    def act() -> str:
        found = db.session.scalars(select(Notice.id).where(for_digest())).all()
        time.sleep(READING_TAKES)
        with unit_of_work():
            db.session.execute(update(Notice).where(Notice.id.in_(found)).values(digest_at=datetime.fromisoformat(now)))
        return f"took {len(found)} for {date.fromisoformat(day)}"

    return act


DIGEST_ACTS: dict[str, Callable[..., Act]] = {"digests": _write, "unguarded digests": _unguarded}
