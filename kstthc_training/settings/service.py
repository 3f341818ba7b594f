"""Setting of values, each from a day on."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from kstthc_training.audit.service import Author, record
from kstthc_training.db import db, written_over
from kstthc_training.refusals import Stale
from kstthc_training.settings.models import Setting
from kstthc_training.settings.queries import state_of


def set_values(
    *, actor: Author, group: Collection[str], seen: str, values: Mapping[str, Any], valid_from: date, now: datetime
) -> None:
    """Let settings of a group be `values` from `valid_from` on, if the group is as it was when `seen` was its state.

    Else `Stale`: two who change one group at a time come one after the other, and the second sees what the first set.
    """
    if db.engine.dialect.name == "postgresql":  # on SQLite the unit of work holds the one write lock
        db.session.execute(text("LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE"))
    state = state_of(group)
    if state != seen:
        raise Stale(saved_version=state)
    for name, value in values.items():
        set_value(actor=actor, name=name, value=value, valid_from=valid_from, now=now)


def set_value(*, actor: Author, name: str, value: Any, valid_from: date, now: datetime) -> None:
    """Let `name` be `value` from `valid_from` on; an earlier day keeps what it had. Of two at once the later holds."""
    setting = db.session.get(Setting, (name, valid_from), populate_existing=True)
    before = setting.value if setting else None
    db.session.execute(written_over(Setting, {"name": name, "valid_from": valid_from, "value": value}))
    if setting is not None:
        db.session.expire(setting)
    record(
        actor=actor, action="setting.changed", subject_type="setting", subject_id=None, now=now,
        name=name, before=before, after=value, valid_from=valid_from.isoformat(),
    )  # fmt: skip
