"""How often something that takes a secret may be tried: counted in the database, so that a restart forgives nothing."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from kstthc_training.db import added_once, db
from kstthc_training.people.errors import TooManyAttempts
from kstthc_training.people.models import AttemptCount


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `most` attempts in each window; windows stand fixed on the clock, one after another."""

    name: str
    most: int
    window: timedelta

    def window_start(self, now: datetime) -> datetime:
        """The beginning of the window in which `now` falls; its end belongs to the next."""
        since = int(now.timestamp())
        return datetime.fromtimestamp(since - since % int(self.window.total_seconds()), UTC)


# An office of three hundred behind one address signs in at eight o'clock; one account is not guessed by trying.
PASSWORDS_OF_ACCOUNT = Limit(name="password-account", most=10, window=timedelta(minutes=15))
PASSWORDS_FROM_ADDRESS = Limit(name="password-address", most=450, window=timedelta(minutes=15))
LINKS_FOR_ACCOUNT = Limit(name="link-account", most=5, window=timedelta(hours=1))
LINKS_FROM_ADDRESS = Limit(name="link-address", most=150, window=timedelta(hours=1))
SECRETS_FROM_ADDRESS = Limit(name="secret-address", most=100, window=timedelta(minutes=15))
# Programs go on asking for a feed whose address was replaced, whole offices of them; they lock nobody's links.
FEEDS_FROM_ADDRESS = Limit(name="feed-address", most=100, window=timedelta(minutes=15))
# The reporters of a press room stand behind one address too.
GUESTS_FROM_ADDRESS = Limit(name="guest-address", most=150, window=timedelta(hours=1))
CODES_AT_DOOR = Limit(name="door-code", most=30, window=timedelta(minutes=10))
KEPT = timedelta(days=1)


def count_attempt(limit: Limit, *, whose: str, now: datetime) -> int | None:
    """Count one attempt; the answer is None while it may go on, else the seconds until the next window.

    Counts by an atomic UPDATE, so that parallel attempts are all counted. The caller commits the count also when
    the attempt is refused.
    """
    start = limit.window_start(now)
    attempts = _raise_count(_subject(limit, whose), start)
    return _seconds_left(limit, now) if attempts > limit.most else None


def wait_for(limit: Limit, *, whose: str, now: datetime) -> int | None:
    """The seconds until the next window when this one's attempts are used up, else None; counts nothing.

    For what is counted only when it was wrong: whoever is right is never counted.
    """
    window = (AttemptCount.subject == _subject(limit, whose)) & (AttemptCount.window_start == limit.window_start(now))
    attempts = db.session.scalar(select(AttemptCount.attempts).where(window)) or 0
    return _seconds_left(limit, now) if attempts >= limit.most else None


def _seconds_left(limit: Limit, now: datetime) -> int:
    return max(1, int((limit.window_start(now) + limit.window - now).total_seconds() + 0.999))


def count_password(*, login: str, address: str, now: datetime) -> tuple[int | None, int | None]:
    """Count a password that is tried for a name from an address; see `count_attempt` for the answers."""
    return (
        count_attempt(PASSWORDS_OF_ACCOUNT, whose=login, now=now),
        count_attempt(PASSWORDS_FROM_ADDRESS, whose=network_of(address), now=now),
    )


def count_link_request(*, login: str, address: str, now: datetime) -> tuple[int | None, int | None]:
    """Count a letter with a link that is asked for; see `count_attempt` for the answers."""
    return (
        count_attempt(LINKS_FOR_ACCOUNT, whose=login, now=now),
        count_attempt(LINKS_FROM_ADDRESS, whose=network_of(address), now=now),
    )


def count_wrong_secret(*, address: str, now: datetime) -> int | None:
    """Count a link that opens nothing; see `count_attempt` for the answer."""
    return count_attempt(SECRETS_FROM_ADDRESS, whose=network_of(address), now=now)


def count_wrong_feed(*, address: str, now: datetime) -> int | None:
    """Count a feed's address that opens nothing; see `count_attempt` for the answer."""
    return count_attempt(FEEDS_FROM_ADDRESS, whose=network_of(address), now=now)


def count_guest_form(*, address: str, now: datetime) -> int | None:
    """Count a form by which a guest without an account registers; see `count_attempt` for the answer."""
    return count_attempt(GUESTS_FROM_ADDRESS, whose=network_of(address), now=now)


def _raise_count(subject: str, start: datetime) -> int:
    db.session.execute(added_once(AttemptCount, {"subject": subject, "window_start": start, "attempts": 0}))
    window = (AttemptCount.subject == subject) & (AttemptCount.window_start == start)
    raised = update(AttemptCount).where(window).values(attempts=AttemptCount.attempts + 1).returning(AttemptCount.attempts)
    return int(db.session.execute(raised).scalar_one())


def forgive(limit: Limit, *, whose: str) -> None:
    """Forget the attempts on an account whose owner got in."""
    db.session.execute(delete(AttemptCount).where(AttemptCount.subject == _subject(limit, whose)))


def forget_old(*, now: datetime) -> None:
    """Remove windows that have been over for a day."""
    db.session.execute(delete(AttemptCount).where(AttemptCount.window_start < now - KEPT))


def refuse_over(*waits: int | None) -> None:
    """Raise `TooManyAttempts` when one of the counts said to wait; call after the counts are committed."""
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        raise TooManyAttempts(retry_after=longest)


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 subscriber has (RFC 6177)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((parsed, 64), strict=False))
    return str(parsed)


def _subject(limit: Limit, whose: str) -> str:
    """Hashed, since people type all sorts of things, passwords too, where a name is asked for."""
    return f"{limit.name}:{hashlib.sha256(whose.encode()).hexdigest()[:40]}"
