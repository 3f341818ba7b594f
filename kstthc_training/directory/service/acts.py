"""Acts that changed many rows of the directory at once: found, and taken back within thirty days."""

from datetime import datetime, timedelta

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.directory.enums import ActKind
from kstthc_training.directory.errors import AlreadyUndone, TooLateToUndo
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.refusals import Unknown

MAY_BE_UNDONE = timedelta(days=30)


def held_act(act_id: int, kind: ActKind) -> DirectoryAct:
    """An act as it is now, which nobody else takes back while this unit of work lasts; else `Unknown`."""
    statement = select(DirectoryAct).where(DirectoryAct.id == act_id, DirectoryAct.kind == kind).with_for_update()
    act = db.session.scalar(statement, execution_options={"populate_existing": True})
    if act is None:
        raise Unknown(act_id=act_id)
    return act


def require_undoable(act: DirectoryAct, now: datetime) -> None:
    """Raise `AlreadyUndone` or `TooLateToUndo`."""
    if act.undone_at is not None:
        raise AlreadyUndone(undone_at=act.undone_at)
    if now >= act.done_at + MAY_BE_UNDONE:
        raise TooLateToUndo(until=act.done_at + MAY_BE_UNDONE)


def is_open(act: DirectoryAct, now: datetime) -> bool:
    """Whether an act can still be taken back, if nothing contradicts."""
    return act.undone_at is None and now < act.done_at + MAY_BE_UNDONE


def numbers(act: DirectoryAct, name: str) -> list[int]:
    """Numbers that an act keeps among its facts."""
    found = act.facts.get(name, [])
    assert isinstance(found, list)  # noqa: S101 - written by the act
    return found
