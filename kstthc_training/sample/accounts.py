"""Accounts to try, one for each role, and those of the people who register others or themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.people.passwords import hash_password
from kstthc_training.people.service.accounts import open_account
from kstthc_training.sample.people import Member
from kstthc_training.sample.tables import read_table

PASSWORD = "ghe-tham-ha-tien"  # noqa: S105 - printed at every start; production refuses a database that holds it
_SELF_REGISTERING = ("press", "broadcast")
_NOMINATING = ("department", "district", "commune")


@dataclass
class Accounts:
    """Who acts in the sample: by login, by person, and for each organisation with a focal point by organisation."""

    by_login: dict[str, Actor] = field(default_factory=dict)
    by_person: dict[int, Actor] = field(default_factory=dict)
    by_organisation: dict[int, Actor] = field(default_factory=dict)

    @property
    def organizer(self) -> Actor:
        """Who runs the events of the sample."""
        return self.by_login["to-chuc@mau.example"]

    @property
    def door(self) -> Actor:
        """Who stands at doors."""
        return self.by_login["cua@mau.example"]


def sample_logins() -> list[tuple[str, str, str]]:
    """The accounts to try: role, login, password."""
    return [(line["role_name"], line["login"], PASSWORD) for line in read_table("office_people")]


def open_accounts(*, members: Sequence[Member], now: datetime) -> Accounts:
    """The accounts to try, with one password, and accounts without one for journalists and focal points."""
    people = {p.id: p for p in db.session.scalars(select(Person).where(Person.id.in_([m.id for m in members])))}
    hashed = hash_password(PASSWORD)
    roles = {line["login"]: Role(line["role"]) for line in read_table("office_people")}
    accounts = Accounts()
    for member in (member for member in members if member.login):
        account = _to_try(people[member.id], member, roles[member.login], now)
        account.password_hash, account.is_sample = hashed, True
        _remember(accounts, account, member, roles[member.login])
    spoken_for = set(accounts.by_organisation)
    quiet = []
    for member in (member for member in members if not member.login and people[member.id].email):
        role = _quiet_role(member, spoken_for)
        if role is not None:
            quiet.append((_without_password(people[member.id], member, role, now), member, role))
    db.session.add_all(account for account, _, _ in quiet)
    db.session.flush()
    for account, member, role in quiet:
        _remember(accounts, account, member, role)
    return accounts


def _quiet_role(member: Member, spoken_for: set[int]) -> Role | None:
    if member.kind in _SELF_REGISTERING:
        return Role.MEMBER
    if member.kind in _NOMINATING and member.organisation_id not in spoken_for:
        spoken_for.add(member.organisation_id)
        return Role.FOCAL_POINT
    return None


def _to_try(person: Person, member: Member, role: Role, now: datetime) -> Account:
    roles, focal_of = ((), (member.organisation_id,)) if role is Role.FOCAL_POINT else ((role,), ())
    return open_account(actor=SYSTEM, person=person, roles=roles, focal_of=focal_of, now=now)


def _without_password(person: Person, member: Member, role: Role, now: datetime) -> Account:
    account = Account(person_id=person.id, login=person.email, is_sample=True, created_at=now)
    if role is Role.FOCAL_POINT:
        account.grants = [RoleGrant(role=role, organisation_id=member.organisation_id, granted_at=now)]
    return account


def _remember(accounts: Accounts, account: Account, member: Member, role: Role) -> None:
    is_focal = role is Role.FOCAL_POINT
    actor = Actor(
        account_id=account.id, person_id=member.id, display_name=member.full_name, title=member.title,
        organisation_id=member.organisation_id, roles=frozenset({role}),
        focal_of=frozenset({member.organisation_id}) if is_focal else frozenset(),
    )  # fmt: skip
    accounts.by_person[member.id] = actor
    if member.login:
        accounts.by_login[member.login] = actor
    if is_focal:
        accounts.by_organisation[member.organisation_id] = actor
