"""Setting of values, each from a day on."""

from datetime import date, datetime
from typing import Any

from kstthc_training.audit.service import Author, record
from kstthc_training.db import db
from kstthc_training.settings.models import Setting


def set_value(*, actor: Author, name: str, value: Any, valid_from: date, now: datetime) -> None:
    """Let `name` be `value` from `valid_from` on; an earlier day keeps what it had."""
    setting = db.session.get(Setting, (name, valid_from))
    before = setting.value if setting else None
    if setting is None:
        db.session.add(Setting(name=name, valid_from=valid_from, value=value))
    else:
        setting.value = value
    record(
        actor=actor, action="setting.changed", subject_type="setting", subject_id=None, now=now,
        name=name, before=before, after=value, valid_from=valid_from.isoformat(),
    )  # fmt: skip
