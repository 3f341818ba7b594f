"""Recording of acts, in the transaction of the act itself."""

from datetime import datetime
from typing import Any, Protocol

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db


class Author(Protocol):
    """Whoever acts: a signed-in account, the bearer of a link, or the system itself."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def display_name(self) -> str: ...
    @property
    def address(self) -> str: ...


def record(*, actor: Author, action: str, subject_type: str, subject_id: int | None, now: datetime, **facts: Any) -> None:
    """Add one row: `action` is a verb such as `event.released`, `facts` are JSON values without secrets."""
    db.session.add(
        AuditEntry(
            at=now,
            account_id=actor.account_id,
            actor_name=actor.display_name,
            address=actor.address,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            facts=facts,
        )
    )
