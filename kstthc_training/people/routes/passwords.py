"""Checking and keeping of passwords on behalf of a request: counted first, hashed between the units of work."""

from datetime import datetime

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.people import passwords
from kstthc_training.people.errors import WrongPassword
from kstthc_training.people.identity import begin_session, client_address, me
from kstthc_training.people.queries import Credentials, find_credentials
from kstthc_training.people.service import attempts, credentials


def check_password(*, login: str, password: str, now: datetime) -> Credentials:
    """The account that `login` names, when `password` is its own and it is not disabled.

    Raises `TooManyAttempts` and `WrongPassword`; the latter with the same work done, and the same rows written, whether
    the name is unknown, disabled, without a password or only mistyped.
    """
    with unit_of_work():
        waits = attempts.count_password(login=login, address=client_address(), now=now)
    attempts.refuse_over(*waits)
    found = find_credentials(login)
    right = passwords.matches(found.password_hash if found else None, password)
    if found is None or not right or found.disabled:
        with unit_of_work():
            _record_failure(found, now)
        raise WrongPassword()
    return found


def _record_failure(found: Credentials | None, now: datetime) -> None:
    account_id = found.account_id if found else None
    record(actor=me(), action="sign_in.failed", subject_type="account", subject_id=account_id, now=now)


def enter(right: Credentials, *, login: str, password: str) -> None:
    """Sign this browser in after a right password, and keep the hash under today's parameters."""
    former = right.password_hash or ""
    renewed = passwords.hash_password(password) if passwords.is_outdated(former) else None
    with unit_of_work():
        attempts.forgive(attempts.PASSWORDS_OF_ACCOUNT, whose=login)
        if renewed:
            credentials.renew_hash(account_id=right.account_id, former=former, password_hash=renewed)
        begin_session(right.account_id, means="password")


def keep_password(*, account_id: int, login: str, password: str) -> None:
    """Keep a new password of the one who is signed in, under a new session; all other sign-ins end."""
    hashed = passwords.hash_password(password)
    with unit_of_work():
        attempts.forgive(attempts.PASSWORDS_OF_ACCOUNT, whose=login)
        credentials.set_password(actor=me(), account_id=account_id, password_hash=hashed, now=clock.now())
        begin_session(account_id, means="new-password")
