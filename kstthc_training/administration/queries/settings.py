"""The dated settings of the office, as their history."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.settings.models import Setting
from kstthc_training.settings.queries import Office


@dataclass(frozen=True, kw_only=True)
class Period:
    """What a group of settings said from `since` to `until`, both included; open where None."""

    since: date | None
    until: date | None
    values: Mapping[str, str]

    def holds_on(self, day: date) -> bool:
        """Whether these are the values of papers of `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def history(names: Collection[str]) -> list[Period]:
    """Every period of the settings `names`, the latest first; before the first day the neutral wording holds."""
    rows = db.session.execute(
        select(Setting.valid_from, Setting.name, Setting.value).where(Setting.name.in_(names)).order_by(Setting.valid_from)
    ).all()
    neutral: dict[str, Any] = asdict(Office())
    days: dict[date | None, dict[str, str]] = {None: {name: str(neutral[name]) for name in names}}
    for since, name, value in rows:
        latest = next(reversed(days.values()))
        days.setdefault(since, dict(latest))[name] = str(value)
    begins = list(days)
    ends = [*(day - timedelta(days=1) for day in begins[1:] if day), None]
    periods = [Period(since=begin, until=end, values=days[begin]) for begin, end in zip(begins, ends, strict=True)]
    return periods[::-1]


def latest_change() -> AuditEntry | None:
    """Who changed a setting last, and when."""
    statement = select(AuditEntry).where(AuditEntry.action == "setting.changed").order_by(AuditEntry.id.desc())
    return db.session.scalar(statement.limit(1))
