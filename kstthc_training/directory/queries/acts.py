"""Acts that changed many rows of the directory at once."""

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.directory.enums import ActKind
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.people.models import Account, Person
from kstthc_training.refusals import Unknown


def acts_found(kind: ActKind, *, limit: int, offset: int = 0) -> tuple[list[DirectoryAct], int]:
    """A page of the acts of a kind, the latest first, and how many there are: two statements."""
    of_kind = select(DirectoryAct).where(DirectoryAct.kind == kind)
    rows = of_kind.order_by(DirectoryAct.done_at.desc(), DirectoryAct.id.desc()).limit(limit).offset(offset)
    total = select(func.count()).select_from(DirectoryAct).where(DirectoryAct.kind == kind)
    return list(db.session.scalars(rows)), db.session.execute(total).scalar_one()


def get_act(act_id: int, kind: ActKind) -> tuple[DirectoryAct, str]:
    """An act of a kind, and the name of whoever carried it out; `Unknown` when there is none."""
    statement = (
        select(DirectoryAct, func.coalesce(Person.full_name, ""))
        .outerjoin(Account, Account.id == DirectoryAct.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(DirectoryAct.id == act_id, DirectoryAct.kind == kind)
        .execution_options(populate_existing=True)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise Unknown(act_id=act_id)
    return row[0], row[1]
