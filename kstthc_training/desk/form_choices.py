"""Everything the form of an event offers, looked up once per page."""

from dataclasses import dataclass, field
from datetime import date

from kstthc_training.events import choices
from kstthc_training.events.choices import HostChoice, PersonChoice, TopicChoice
from kstthc_training.events.models import EventKind, Venue
from kstthc_training.plans.models import PlanItem


@dataclass
class Offered:
    """Kinds, rooms, hosts, topics and items of the plan of `year`, the people chosen for the door and those found."""

    year: int
    kinds: list[EventKind]
    venues: list[Venue]
    hosts: list[HostChoice]
    topics: list[TopicChoice]
    plan_items: list[PlanItem]
    door_staff: list[PersonChoice] = field(default_factory=list)
    found: list[PersonChoice] = field(default_factory=list)


def offered_on(day: date, *, venue_id: int | None = None, host_id: int | None = None) -> Offered:
    """What is offered for an event on `day`, with the room and host that it has already: five statements."""
    return Offered(
        year=day.year,
        kinds=choices.event_kinds(),
        venues=choices.venues(also=venue_id),
        hosts=choices.hosts(day, also=host_id),
        topics=choices.topics_of_year(day.year),
        plan_items=choices.plan_items_of_year(day.year),
    )
