"""What the preview of a uniting shows: what is chosen between, what goes over, what becomes of accounts and seats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kstthc_training.directory.uniting.marks import SessionMarks
from kstthc_training.directory.uniting.people import FieldChoice
from kstthc_training.directory.uniting.plan import UnitingPlan
from kstthc_training.directory.uniting.standing import United
from kstthc_training.events.words import Tag
from kstthc_training.people.models import Person
from kstthc_training.people.words import role_names
from kstthc_training.registrations.words import state_tag
from kstthc_training.text import sentence_case, shown_phone

LABELS = {
    "full_name": _l("Họ và tên"),
    "title": _l("Chức vụ"),
    "organisation_id": _l("Đơn vị"),
    "email": _l("Email"),
    "phone": _l("Điện thoại"),
}


@dataclass(frozen=True)
class Option:
    """One of several answers: the number it is chosen by, its words, and whose row says it."""

    number: int
    words: str
    whose: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """A question of the preview: its name in the form, what it is about, and the answers; one answer is none."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Meeting:
    """Two registrations at one event that become one: how each stands, and how the one does."""

    code: str
    title: str
    starts_at: Any
    before: tuple[Tag, ...]
    after: Tag
    frees: int

    @property
    def differs(self) -> bool:
        """Whether the registrations stand differently."""
        return len({tag.label for tag in self.before}) > 1


@dataclass(frozen=True)
class UnitingPreview:
    """A plan as the page shows it."""

    plan: UnitingPlan
    fields: tuple[Choice, ...]
    marks: tuple[Choice, ...]
    meetings: tuple[Meeting, ...]
    closed_accounts: tuple[tuple[str, str], ...]

    @property
    def freed(self) -> int:
        """Seats that become free."""
        return sum(meeting.frees for meeting in self.meetings)


def preview_of(plan: UnitingPlan, statuses: Mapping[Any, Any], *, now: datetime) -> UnitingPreview:
    """A plan in words; `statuses` are those of marks. Seats become free at events to come alone."""
    names = {person.id: _who(person, plan) for person in plan.people}
    return UnitingPreview(
        plan=plan,
        fields=tuple(_field(each, plan, names) for each in plan.fields),
        marks=tuple(_mark(each, names, statuses) for each in plan.contradictions),
        meetings=tuple(_meeting(each, now) for each in plan.standing.united),
        closed_accounts=tuple(
            (each.account.login, ", ".join(role_names((role, None, None) for role in each.roles_lost)))
            for each in plan.accounts.to_close
        ),
    )


def _field(choice: FieldChoice, plan: UnitingPlan, names: Mapping[int, str]) -> Choice:
    by_id = {person.id: person for person in plan.people}
    options = tuple(
        Option(one, _said(choice.name, value, by_id[one]), names[one], one == choice.taken_id)
        for one, value in choice.options
    )
    return Choice(f"lay-{choice.name}", str(LABELS[choice.name]), options)


def _said(name: str, value: Any, person: Person) -> str:
    if name == "organisation_id":
        return person.organisation.name if person.organisation else ""
    return shown_phone(value) if name == "phone" else str(value)


def _who(person: Person, plan: UnitingPlan) -> str:
    who = ", ".join(filter(None, (person.full_name, person.title)))
    return _("%(who)s (dòng giữ lại)", who=who) if person is plan.people[0] else who


def _mark(each: SessionMarks, names: Mapping[int, str], statuses: Mapping[Any, Any]) -> Choice:
    whose = {row.id: names[row.person_id] for row in each.united.rows}
    options = tuple(
        Option(
            mark.registration_id, sentence_case(str(statuses[mark.status])), whose[mark.registration_id], mark is each.holds
        )
        for mark in each.said
    )
    event, session = each.united.event, each.session
    label = _("%(title)s, buổi %(number)s", title=event.title, number=session.position + 1)
    return Choice(f"buoi-{session.id}", label, options)


def _meeting(each: United, now: datetime) -> Meeting:
    event = each.event
    return Meeting(
        code=event.code,
        title=event.title,
        starts_at=event.starts_at,
        before=tuple(state_tag(row.state) for row in each.rows),
        after=state_tag(each.best.state),
        frees=len(each.given_back) if event.starts_at > now else 0,
    )
