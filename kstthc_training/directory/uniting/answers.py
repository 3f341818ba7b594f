"""What united registrations answered: the words of the one that stands best, and of the others where it said nothing;
and what a guest wrote of himself."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.directory.changes import Change, added, changed
from kstthc_training.directory.uniting.standing import United
from kstthc_training.registrations.models import Answer, GuestEntry, Registration


def answer_changes(united: Collection[United]) -> list[Change | None]:
    """The answers of the rows that stay; those of the others are left where they are. At most one statement."""
    ids = [row.id for each in united for row in each.rows]
    if not ids:
        return []
    said: dict[int, dict[int, Answer]] = defaultdict(dict)
    statement = select(Answer).where(Answer.registration_id.in_(ids))
    for answer in db.session.scalars(statement, execution_options={"populate_existing": True}):
        said[answer.registration_id][answer.question_id] = answer
    changes: list[Change | None] = []
    for each in united:
        for row in dict.fromkeys((each.best, *each.rows)):
            for question_id, answer in sorted(said[row.id].items()):
                own = said[each.kept.id].get(question_id)
                if own is None:
                    changes.append(_answered(each.kept, answer))
                    said[each.kept.id][question_id] = answer
                elif row is each.best and own is not answer:
                    changes.append(changed(own, value=answer.value, file_id=answer.file_id))
    return changes


def guest_changes(united: Collection[United]) -> list[Change | None]:
    """What a guest wrote of himself goes over to the row that stays, unless that has such words. At most one statement."""
    ids = [row.id for each in united for row in each.rows]
    if not ids:
        return []
    rows = db.session.scalars(select(GuestEntry).where(GuestEntry.registration_id.in_(ids)))
    entries = {entry.registration_id: entry for entry in rows}
    changes: list[Change | None] = []
    for each in united:
        wrote = next((entries[row.id] for row in each.rows if row.id in entries), None)
        if wrote is not None:
            changes.append(changed(wrote, registration_id=each.kept.id))
    return changes


def _answered(kept: Registration, answer: Answer) -> Change:
    key = ("registration_id", "question_id")
    values = {"question_id": answer.question_id, "value": answer.value, "file_id": answer.file_id}
    return added(Answer, key=key, registration_id=kept.id, **values)
