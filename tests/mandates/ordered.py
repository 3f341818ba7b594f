"""Mandatory trainings with people, and events that count as them."""

from datetime import date
from typing import Any

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.mandates import service
from kstthc_training.mandates.queries import ListFilter, people_listed
from kstthc_training.mandates.service import MandateDraft
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Person

DUE = date(2026, 3, 31)


def draft(name: str = "Kiểm soát thủ tục hành chính", **fields: Any) -> MandateDraft:
    """What is said of a training due on the last of March."""
    return MandateDraft(name=name, **{"document": "214/KH-UBND", "topic_id": None, "due_on": DUE, **fields})


def ordered(*people: Person, events: tuple[Event, ...] = (), **fields: Any) -> int:
    """A mandatory training of these people, as which these events count; its number."""
    with unit_of_work():
        mandate_id = service.order_training(actor=SYSTEM, draft=draft(**fields), now=clock.now()).id
        if people:
            ids = [person.id for person in people]
            service.list_people(actor=SYSTEM, mandate_id=mandate_id, person_ids=ids, now=clock.now())
        for event in events:
            service.count_event(actor=SYSTEM, mandate_id=mandate_id, event_id=event.id, now=clock.now())
    return mandate_id


def standings(mandate_id: int, today: date = date(2026, 3, 18)) -> dict[str, str]:
    """How everybody on the list stands, by name."""
    people, _total = people_listed(mandate_id, ListFilter(), today=today)
    return {each.full_name: each.standing.value for each in people}
