"""Who opened or took away a list of people stands in the log: every page and file that names somebody is tried."""

from sqlalchemy import func, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.people.enums import Role
from tests.privacy.kept import NAME
from tests.privacy.walked import everywhere, opened
from tests.support.browser import CheckingClient, sign_in
from tests.support.factories import make_account

# Pages that name people and are no list of people.
NAMED_BESIDES = {
    "attendance.door",  # shows whom the first letters typed there mean, one event's people; each mark is recorded itself
}


def last_entry() -> int:
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def acts_since(entry_id: int) -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.id > entry_id)))


def naming(app) -> list[tuple[str, str]]:
    """Endpoint and address of whatever names the person to an administrator."""
    _event, accounts = everywhere()
    browser = sign_in(CheckingClient(app), accounts["administrator"])
    codes = [each.code for each in db.session.scalars(select(Event).order_by(Event.id))]
    return [(endpoint, path) for endpoint, path, text in opened(app, browser, codes) if NAME in text]


def test_every_page_and_file_that_names_somebody_is_noted(app):
    silent = set()
    for endpoint, path in naming(app):
        before, reader = last_entry(), make_account(Role.ADMINISTRATOR)
        sign_in(CheckingClient(app), reader).get(path)
        if not [act for act in acts_since(before) if act.endswith((".read", ".exported"))]:
            silent.add(endpoint)
    assert sorted(silent) == sorted(NAMED_BESIDES), "\n".join(sorted(silent))
