"""The people of merging organisations, who speaks for them, and the groups they are invited with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.directory.changes import Change, added, changed, removed
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.invitations.models import InviteeGroup, InviteeGroupMember
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.text import fold


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks for one of the predecessors, and whether he is to speak for the heir."""

    account_id: int
    person_id: int
    full_name: str
    organisation_id: int
    stays: bool


@dataclass(frozen=True)
class GroupEffect:
    """What becomes of a group: `in_part` when not every predecessor is in it, `is_left` when it keeps them."""

    id: int
    name: str
    in_part: bool
    is_left: bool


def people_of(merger: Merger) -> list[Person]:
    """The people of the predecessors in the order of Vietnamese lists: one statement."""
    theirs = select(Person).where(Person.organisation_id.in_(merger.predecessor_ids))
    return list(
        db.session.scalars(theirs.order_by(Person.sort_key, Person.id), execution_options={"populate_existing": True})
    )


def destination(merger: Merger, person_id: int) -> int | None:
    """To which successor somebody goes; None when he stays."""
    return merger.people.get(person_id, merger.heir_id if merger.ends else None)


def people_changes(merger: Merger, people: Iterable[Person]) -> list[Change]:
    """Everybody who goes over."""
    moves = ((person, destination(merger, person.id)) for person in people)
    return _real(changed(person, organisation_id=where) for person, where in moves if where is not None)


def doubles_among(merger: Merger, people: Iterable[Person]) -> list[tuple[Person, Person]]:
    """Pairs of people of one name who come to be in one organisation, those already there included: one statement."""
    there = db.session.scalars(select(Person).where(Person.organisation_id.in_(merger.successor_ids)).order_by(Person.id))
    first: dict[tuple[int | None, str], Person] = {(p.organisation_id, fold(p.full_name)): p for p in there}
    pairs = []
    for person in people:
        known = first.setdefault((destination(merger, person.id), fold(person.full_name)), person)
        if known is not person:
            pairs.append((known, person))
    return pairs


def speakers_of(merger: Merger) -> tuple[list[Speaker], list[Change]]:
    """Who speaks for the predecessors, and what becomes of their grants: one for the heir each, or none."""
    grants = _grants(merger)
    has = {grant.account_id for grant in grants if grant.organisation_id == merger.heir_id}
    speakers, changes = [], []
    for grant in grants:
        if grant.organisation_id == merger.heir_id or grant.organisation_id is None:
            continue
        stays = merger.focal_accounts is None or grant.account_id in merger.focal_accounts
        person = grant.account.person
        speakers.append(Speaker(grant.account_id, person.id, person.full_name, grant.organisation_id, stays))
        if stays and grant.account_id not in has:
            has.add(grant.account_id)
            changes += _real([changed(grant, organisation_id=merger.heir_id)])
        else:
            changes.append(removed(grant))
    return speakers, changes


def groups_of(merger: Merger) -> tuple[list[GroupEffect], list[Change]]:
    """The groups that hold predecessors, and their members with the heir in the predecessors' place, places added."""
    known = db.session.execute(select(InviteeGroup.id, InviteeGroup.name).order_by(InviteeGroup.name))
    names = {group_id: name for group_id, name in known}
    members = _members(merger)
    effects, changes = [], []
    for group_id in names:
        old = [row for row in members[group_id] if row.organisation_id in merger.predecessor_ids]
        if not old:
            continue
        is_left = group_id in merger.groups_left
        effects.append(GroupEffect(group_id, names[group_id], len(old) < len(merger.predecessor_ids), is_left))
        if not is_left:
            changes += _united(
                merger, old, next((r for r in members[group_id] if r.organisation_id == merger.heir_id), None)
            )
    return effects, changes


def _united(merger: Merger, old: list[InviteeGroupMember], heir: InviteeGroupMember | None) -> list[Change]:
    places = sum(row.places for row in old)
    gone = [removed(row) for row in old]
    if heir is not None:
        return [*gone, *_real([changed(heir, places=heir.places + places)])]
    key = ("group_id", "organisation_id")
    new = added(InviteeGroupMember, key=key, group_id=old[0].group_id, organisation_id=merger.heir_id, places=places)
    return [*gone, new]


def _grants(merger: Merger) -> list[RoleGrant]:
    wanted = (*merger.predecessor_ids, merger.heir_id)
    statement = (
        select(RoleGrant)
        .where(RoleGrant.organisation_id.in_(wanted), RoleGrant.role == Role.FOCAL_POINT)
        .options(joinedload(RoleGrant.account).joinedload(Account.person))
        .order_by(RoleGrant.id)
    )
    return list(db.session.scalars(statement, execution_options={"populate_existing": True}))


def _members(merger: Merger) -> dict[int, list[InviteeGroupMember]]:
    wanted = (*merger.predecessor_ids, merger.heir_id)
    statement = select(InviteeGroupMember).where(InviteeGroupMember.organisation_id.in_(wanted))
    members: dict[int, list[InviteeGroupMember]] = defaultdict(list)
    for row in db.session.scalars(statement.order_by(InviteeGroupMember.organisation_id)):
        members[row.group_id].append(row)
    return members


def _real(changes: Iterable[Change | None]) -> list[Change]:
    return [change for change in changes if change is not None]
