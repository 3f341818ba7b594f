"""The directory of 2019, taken as still valid."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel, OrganisationName
from kstthc_training.organisations.service.indexing import index
from kstthc_training.people.actors import Actor
from kstthc_training.sample.tables import read_table

_LEVELS = {"central": "central", "district": "district", "commune": "commune"}  # of kinds; others are the province's
_WITHOUT_MAILBOX = 23  # every so many organisations one


@dataclass(frozen=True)
class Body:
    """An organisation as the rest of the sample knows it."""

    id: int
    code: str
    name: str
    kind: str


def add_organisations(*, actor: Actor, now: datetime) -> list[Body]:
    """Every organisation of 2019, parents first, found and named like those that people add."""
    lines = read_table("organisations_2019")
    kinds = dict(db.session.execute(select(OrganisationKind.code, OrganisationKind.id)).all())
    levels = dict(db.session.execute(select(OrganisationLevel.code, OrganisationLevel.id)).all())
    kind_of = {line["code"]: line["kind"] for line in lines}
    rows: dict[str, Organisation] = {}
    for line in lines:
        level = _LEVELS.get(line["kind"]) or _LEVELS.get(kind_of.get(line["parent_code"], ""), "province")
        rows[line["code"]] = Organisation(
            code=line["code"], name=line["name"], short_name=line["short_name"],
            kind_id=kinds[line["kind"]], level_id=levels[level], email=_mailbox(line["code"], len(rows)),
        )  # fmt: skip
    db.session.add_all(rows.values())
    db.session.flush()
    for line in lines:
        if line["parent_code"]:
            rows[line["code"]].parent_id = rows[line["parent_code"]].id
    name_and_note(list(rows.values()), actor, now)
    return [Body(row.id, code, row.name, kind_of[code]) for code, row in rows.items()]


def _mailbox(code: str, number: int) -> str:
    """The shared mailbox of an organisation; some have none, as in life."""
    return "" if number % _WITHOUT_MAILBOX == _WITHOUT_MAILBOX - 1 else f"vanthu.{code.lower()}@mau.example"


def name_and_note(organisations: list[Organisation], actor: Actor, now: datetime) -> None:
    """Keep the first name of each, note in the log that it was added, and let it be found."""
    for row in organisations:
        db.session.add(OrganisationName(organisation_id=row.id, name=row.name, short_name=row.short_name))
        record(
            actor=actor, action="organisation.added", subject_type="organisation", subject_id=row.id, now=now,
            name=row.name, code=row.code,
        )  # fmt: skip
    db.session.flush()
    index(organisations)
