"""The saved groups as their own pages show them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.invitations.models import InviteeGroup, InviteeGroupMember
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Account, Person
from kstthc_training.refusals import Unknown


class GroupLine(NamedTuple):
    """A group in a list: how many organisations, how many places together, who saved it and when."""

    id: int
    name: str
    bodies: int
    places: int
    made_by: str
    made_at: datetime


class GroupMember(NamedTuple):
    """An organisation of a group, with its places and whether it still exists (`valid_to` is None)."""

    organisation_id: int
    name: str
    places: int
    is_over: bool


def group_lines() -> list[GroupLine]:
    """Every saved group, by name, those that lost all their organisations too: one statement."""
    rows = db.session.execute(
        select(
            InviteeGroup.id, InviteeGroup.name, func.count(InviteeGroupMember.organisation_id),
            func.coalesce(func.sum(InviteeGroupMember.places), 0), func.coalesce(Person.full_name, ""), InviteeGroup.made_at,
        )
        .outerjoin(InviteeGroupMember, InviteeGroupMember.group_id == InviteeGroup.id)
        .outerjoin(Account, Account.id == InviteeGroup.made_by_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .group_by(InviteeGroup.id, Person.full_name)
        .order_by(InviteeGroup.name, InviteeGroup.id)
    )  # fmt: skip
    return [GroupLine(*row) for row in rows]


def get_group(group_id: int) -> InviteeGroup:
    """A saved group as it is now; `Unknown` when there is none."""
    newest = select(InviteeGroup).where(InviteeGroup.id == group_id).execution_options(populate_existing=True)
    group = db.session.scalar(newest)
    if group is None:
        raise Unknown(group_id=group_id)
    return group


def members_of(group_id: int) -> list[GroupMember]:
    """The organisations of a group by kind and name: one statement."""
    rows = db.session.execute(
        select(Organisation.id, short_or_name(Organisation), InviteeGroupMember.places, Organisation.valid_to.is_not(None))
        .join(Organisation, Organisation.id == InviteeGroupMember.organisation_id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(InviteeGroupMember.group_id == group_id)
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )
    return [GroupMember(*row) for row in rows]
