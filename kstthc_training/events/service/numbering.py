"""The numbers of events: one row a year, raised by one atomic statement."""

from sqlalchemy.dialects import postgresql, sqlite

from kstthc_training.db import db
from kstthc_training.events.models import EventNumber


def next_number(year: int) -> int:
    """The next number of `year`, from 1; whoever asks at the same time waits and gets the one after."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    first = insert(EventNumber).values(year=year, last_number=1)
    raised = first.on_conflict_do_update(
        index_elements=[EventNumber.year], set_={"last_number": EventNumber.last_number + 1}
    ).returning(EventNumber.last_number)
    return int(db.session.execute(raised).scalar_one())
