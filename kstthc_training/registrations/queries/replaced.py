"""Whose place a substitute took."""

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import aliased

from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration


def replaced_name() -> ScalarSelect[str]:
    """The name of the one whom a registration replaces, '' when nobody: part of a statement about registrations."""
    before, person = aliased(Registration), aliased(Person)
    name = select(person.full_name).join(before, before.person_id == person.id)
    found = name.where(before.id == Registration.substitute_for_id).correlate(Registration).scalar_subquery()
    return select(func.coalesce(found, "")).scalar_subquery()
