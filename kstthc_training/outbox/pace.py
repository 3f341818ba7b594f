"""How many letters go out a minute, in all and to any one host: counted in the database, for all workers together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Subquery, func, select, text

from kstthc_training.config import Config
from kstthc_training.db import db
from kstthc_training.outbox.models import Message

_MINUTE = timedelta(minutes=1)
_UNHINDERED = 6_000  # letters a minute where nothing is limited: what a small machine carries
_TURN = 0x6B7374  # one number for all workers, by which PostgreSQL lets one after another count and take


@dataclass(frozen=True)
class Pace:
    """At most so many letters in any minute, in all and to any one host; 0 is no limit."""

    in_all: int = 0
    to_host: int = 0

    @classmethod
    def of(cls, config: Config) -> "Pace":
        """The pace that the settings ask for."""
        return cls(config.mail_per_minute, config.mail_per_host_minute)

    @property
    def is_limited(self) -> bool:
        """Whether anything is limited."""
        return bool(self.in_all or self.to_host)

    def ends(self, waiting: Mapping[str, int], *, now: datetime) -> datetime:
        """When the letters that wait, counted by host, are on their way, if nothing else comes and nothing fails."""
        whole = sum(waiting.values()) / (self.in_all or _UNHINDERED)
        slowest = max(waiting.values(), default=0) / self.to_host if self.to_host else 0.0
        return now + _MINUTE * max(whole, slowest)


def next_letters(wanted: ColumnElement[bool], pace: Pace, *, limit: int, now: datetime) -> Sequence[int]:
    """The ids of the letters that may be taken now, longest due first: those to a host that had its share stay behind."""
    gone = _gone_by_host(now)
    left = limit
    if pace.in_all:
        left = min(limit, pace.in_all - (db.session.scalar(select(func.coalesce(func.sum(gone.c.count), 0))) or 0))
    if left <= 0:
        return ()
    place = func.row_number().over(partition_by=Message.host, order_by=(Message.run_at, Message.id))
    ranked = select(Message.id, Message.host, Message.run_at, place.label("place")).where(wanted).subquery()
    chosen = select(ranked.c.id).order_by(ranked.c.run_at, ranked.c.id).limit(left)
    if pace.to_host:
        chosen = chosen.outerjoin(gone, gone.c.host == ranked.c.host)
        chosen = chosen.where(ranked.c.place <= pace.to_host - func.coalesce(gone.c.count, 0))
    return db.session.scalars(chosen).all()


def wait_for_turn() -> None:
    """Let no other worker count until this unit of work ends; on SQLite it has the one write lock anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _gone_by_host(now: datetime) -> Subquery:
    tried = select(Message.host, func.count().label("count")).where(Message.tried_at > now - _MINUTE)
    return tried.group_by(Message.host).subquery()
