"""Saved ways to look at the list of those registered."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import or_, select

from kstthc_training.db import db
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.models import RegistrationView


class SavedView(NamedTuple):
    """A saved view as somebody finds it: `owner` is the name of whoever shares it, '' for one's own."""

    name: str
    asked: dict[str, str]
    is_shared: bool
    owner: str


def views_for(account_id: int | None) -> Sequence[SavedView]:
    """The views that an account kept and those that others share, its own first, by name: one statement."""
    is_own = RegistrationView.account_id == account_id
    rows = db.session.execute(
        select(RegistrationView, Person.full_name)
        .join(Account, Account.id == RegistrationView.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(or_(is_own, RegistrationView.is_shared))
        .order_by(is_own.desc(), RegistrationView.name, RegistrationView.account_id)
    )
    return [
        SavedView(view.name, view.asked, view.is_shared, "" if view.account_id == account_id else owner)
        for view, owner in rows
    ]
