"""Taking somebody out of what is only ever added, and of every text that others left about him.

The triggers of these tables let an erasure under way change names, reasons and facts, and nothing else; facts that were
changed name the erasure.
"""

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, or_, select, update

from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import BEARER, BY_MAIL, ERASED, GUEST
from kstthc_training.db import Base, db
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.invitations.models import Invitation, InvitationStep
from kstthc_training.messages.models import Notice
from kstthc_training.outbox.models import Message
from kstthc_training.privacy.identity import Identity
from kstthc_training.privacy.queries.erasing import Subject, as_json, entries_about, events_asked
from kstthc_training.registrations.models import AllocationRow, Registration, RegistrationStep

# JSON that is kept elsewhere and may hold what was once said of people: table and columns.
_ELSEWHERE = {"directory_acts": ("facts", "changes"), "allocation_plans": ("said",), "registration_views": ("asked",)}


def scrub(subject: Subject, identity: Identity, *, erasure_id: int) -> None:
    """Take the person out of the log, of steps and decisions, and of others' letters."""
    _scrub_log(subject, identity, erasure_id)
    _scrub_steps(subject.person.id, identity, erasure_id)
    _scrub_unitings(subject)
    _scrub_elsewhere(identity)
    _scrub_letters_of_others(identity)


def _scrub_log(subject: Subject, identity: Identity, erasure_id: int) -> None:
    asked = set(db.session.scalars(events_asked(subject.person.id)))
    for entry in entries_about(subject, identity):
        is_about = _is_about(entry, subject, identity, asked)
        facts = identity.out_of(entry.facts, about_him=is_about)
        if facts != entry.facts:
            _set(AuditEntry, AuditEntry.id == entry.id, facts={**facts, "erased": erasure_id})
        if is_about and entry.actor_name.startswith((GUEST, BY_MAIL)):  # under whatever name he had then
            _set(AuditEntry, AuditEntry.id == entry.id, actor_name=ERASED)
    by_link = (AuditEntry.actor_name == BEARER + identity.full_name) & AuditEntry.subject_id.in_(asked)
    answered = select(InboxMessage.event_id).where(InboxMessage.person_id.in_(subject.rows))
    by_link |= (AuditEntry.actor_name == BY_MAIL + identity.full_name) & AuditEntry.subject_id.in_(answered)
    own = AuditEntry.account_id == subject.account_id
    _set(AuditEntry, or_(own, by_link & (AuditEntry.subject_type == "event")), actor_name=ERASED)


def _is_about(entry: AuditEntry, subject: Subject, identity: Identity, asked: set[int]) -> bool:
    """Whether an entry tells of him: as its subject, by his number, or of his own invitation, which goes by his name."""
    about = (entry.subject_type, entry.subject_id)
    return (
        about in (*(("person", row) for row in subject.rows), ("account", subject.account_id))
        or entry.facts.get("person_id") in subject.rows
        or (entry.subject_id in asked and entry.facts.get("organisation") == identity.full_name)
    )


def _scrub_steps(person_id: int, identity: Identity, erasure_id: int) -> None:
    his = select(Registration.id).where(Registration.person_id == person_id)
    _set(RegistrationStep, RegistrationStep.registration_id.in_(his) & (RegistrationStep.reason != ""), reason="")
    asked = select(Invitation.id).where(Invitation.person_id == person_id)
    for step in db.session.scalars(select(InvitationStep).where(InvitationStep.invitation_id.in_(asked))):
        _set_facts(InvitationStep, InvitationStep.id == step.id, step.facts, identity, erasure_id)
    for row in db.session.scalars(select(AllocationRow).where(AllocationRow.registration_id.in_(his))):
        same = (AllocationRow.registration_id == row.registration_id) & (AllocationRow.allocation_id == row.allocation_id)
        _set_facts(AllocationRow, same, row.facts, identity, erasure_id)


def _set_facts(table: Any, where: Any, facts: dict[str, object], identity: Identity, erasure_id: int) -> None:
    left = identity.out_of(facts, about_him=True)
    if left != facts:
        _set(table, where, facts={**left, "erased": erasure_id})


def _scrub_elsewhere(identity: Identity) -> None:
    for name, columns in _ELSEWHERE.items():
        table = Base.metadata.tables[name]
        keys = list(table.primary_key)
        for column in (table.c[each] for each in columns):
            holds = [cast(column, Text).contains(word, autoescape=True) for word in as_json(identity.words)]
            for *key, value in db.session.execute(select(*keys, column).where(or_(False, *holds))).all():
                here = [part == known for part, known in zip(keys, key, strict=True)]
                db.session.execute(update(table).where(*here).values({column: identity.out_of(value)}))


def _scrub_unitings(subject: Subject) -> None:
    """What rows of his were before they were united is gone with them: such an act cannot be undone any more."""
    acts = Base.metadata.tables["directory_acts"]
    for act_id, facts in db.session.execute(select(acts.c.id, acts.c.facts).where(acts.c.kind == "persons")).all():
        if not set(subject.rows).isdisjoint(facts["person_ids"]):
            left = {**facts, "kept": ERASED, "names": [ERASED for _name in facts["names"]]}
            db.session.execute(update(acts).where(acts.c.id == act_id).values(facts=left, changes=[]))


def _scrub_letters_of_others(identity: Identity) -> None:
    holds = or_(False, *_holding(identity, Message.subject, Message.body))
    for letter in db.session.scalars(select(Message).where(holds)):
        letter.subject = identity.without(letter.subject)
        letter.body = identity.without(letter.body) if letter.body else None
        letter.search_text = ""
    for mail in db.session.scalars(select(InboxMessage).where(or_(False, *_holding(identity, InboxMessage.subject)))):
        mail.subject, mail.search_text = identity.without(mail.subject), ""
    for notice in db.session.scalars(select(Notice).where(or_(False, *_holding(identity, Notice.subject, Notice.body)))):
        notice.subject, notice.body = identity.without(notice.subject), identity.without(notice.body)
    db.session.flush()


def _holding(identity: Identity, *columns: Any) -> list[ColumnElement[bool]]:
    return [column.contains(word, autoescape=True) for word in identity.words for column in columns]


def _set(table: Any, where: Any, **values: Any) -> None:
    statement = update(table).where(where).values(**values)
    db.session.execute(statement.execution_options(synchronize_session=False))
