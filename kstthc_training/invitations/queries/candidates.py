"""Who may be invited to an event: organisations of its day, saved groups, people; and what to look at before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.invitations.enums import LetterState
from kstthc_training.invitations.models import Invitation, InviteeGroup, InviteeGroupMember
from kstthc_training.invitations.queries.recipients import focal_recipients
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import exists_on, short_or_name
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be invited: its name, and the body above it unless that is the top ('' and None then)."""

    id: int
    name: str
    full_name: str
    kind_id: int
    level_id: int
    area_id: int | None
    area: str
    email: str
    search_text: str


@dataclass(frozen=True)
class Group:
    """A saved group with the places of each of its organisations; or a list of `people` who must come, with how many of
    each organisation they are."""

    id: int
    name: str
    places: dict[int, int]
    is_list: bool = False
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reach:
    """How the letter of an organisation would go: to its focal points, and how the last letter to them fared."""

    contacts: tuple[str, ...]
    addresses: tuple[str, ...]
    is_mailbox: bool
    last: LetterState


def candidates_on(day: date) -> list[Candidate]:
    """Every organisation of a day, by kind and name: one statement."""
    above = aliased(Organisation)
    rows = db.session.execute(
        select(
            Organisation.id, short_or_name(Organisation), Organisation.name, Organisation.kind_id, Organisation.level_id,
            above.id, short_or_name(above), above.parent_id, Organisation.email, Organisation.search_text,
        )
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .outerjoin(above, above.id == Organisation.parent_id)
        .where(exists_on(day))
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )  # fmt: skip
    return [
        Candidate(key, name, full, kind, level, area_id if top else None, area if top else "", email, search)
        for key, name, full, kind, level, area_id, area, top, email, search in rows
    ]


def groups() -> list[Group]:
    """Every saved group, by name: one statement."""
    rows = db.session.execute(
        select(InviteeGroup.id, InviteeGroup.name, InviteeGroupMember.organisation_id, InviteeGroupMember.places)
        .join(InviteeGroupMember, InviteeGroupMember.group_id == InviteeGroup.id)
        .order_by(InviteeGroup.name, InviteeGroup.id)
    )
    found: dict[int, Group] = {}
    for group_id, name, organisation_id, places in rows:
        found.setdefault(group_id, Group(group_id, name, {})).places[organisation_id] = places
    return list(found.values())


def invited_places(event_id: int) -> dict[tuple[int | None, int | None], int]:
    """The places of those invited to an event, by organisation and person: one statement."""
    rows = db.session.execute(
        select(Invitation.organisation_id, Invitation.person_id, Invitation.places).where(
            Invitation.event_id == event_id, Invitation.revoked_at.is_(None)
        )
    )
    return {(organisation_id, person_id): places for organisation_id, person_id, places in rows}


def reaches(candidates: Collection[Candidate]) -> dict[int, Reach]:
    """How the letters of organisations would go: two statements."""
    speakers = focal_recipients([each.id for each in candidates])
    reached = {}
    for each in candidates:
        own = [(to.full_name, to.email) for to in speakers.get(each.id, [])]
        addresses = [email for _name, email in own] or ([each.email] if each.email else [])
        reached[each.id] = (tuple(name for name, _email in own), tuple(addresses))
    failed = _last_failed({address for _names, addresses in reached.values() for address in addresses})
    return {key: Reach(names, addresses, not names, _last(addresses, failed)) for key, (names, addresses) in reached.items()}


def _last(addresses: Collection[str], failed: Collection[str]) -> LetterState:
    if not addresses:
        return LetterState.NONE
    return LetterState.FAILED if all(address in failed for address in addresses) else LetterState.SENT


def _last_failed(addresses: Collection[str]) -> set[str]:
    """Those of the addresses whose last letter that arrived or did not had not arrived."""
    states: dict[str, MessageState] = {}
    known = (MessageState.SENT, MessageState.FAILED, MessageState.BOUNCED)
    rows = select(Message.recipient, Message.state).where(Message.recipient.in_(addresses), Message.state.in_(known))
    for recipient, state in db.session.execute(rows.order_by(Message.id)):
        states[recipient] = state
    return {address for address, state in states.items() if state is not MessageState.SENT}
