"""What is ticked on the page that chooses whom to invite, as the form sent it, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from kstthc_training import clock
from kstthc_training.desk.invitees import WAYS, Box, boxes, person_boxes
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.invitations.queries.candidates import Candidate, Group, candidates_on, groups, invited_places
from kstthc_training.invitations.selection import (
    BODY,
    LIST_BODIES,
    LIST_PEOPLE,
    PERSON,
    Choice,
    bodies_chosen,
    people_chosen,
    read_choice,
)
from kstthc_training.mandates.calling import called
from kstthc_training.organisations.queries import kinds, levels
from kstthc_training.people.finding import Sought, people_by_id, people_found
from kstthc_training.web.addresses import asked_words

MOST_PEOPLE = 10
MOST_PLACES = 1000


@dataclass(frozen=True)
class Choosing:
    """The boxes ticked so far, by how they are written; the way in which the page lets choose; and what there is."""

    by: str
    search: str
    chosen: Mapping[str, Choice]
    candidates: Sequence[Candidate]
    groups: Sequence[Group]
    invited: Mapping[tuple[int | None, int | None], int]

    @property
    def all_places(self) -> dict[int, int]:
        """The places of every organisation that is chosen."""
        return bodies_chosen(self.chosen.values(), self.candidates, self.groups)

    @property
    def places(self) -> dict[int, int]:
        """The same of those that are not invited yet."""
        return {key: count for key, count in self.all_places.items() if (key, None) not in self.invited}

    @property
    def people(self) -> list[int]:
        """The people who are chosen and not invited yet."""
        chosen = people_chosen(self.chosen.values(), self.groups)
        return [key for key in chosen if (None, key) not in self.invited]

    @property
    def mandates(self) -> list[int]:
        """The mandatory trainings by whose lists people are invited."""
        chosen = [choice.numbers[0] for choice in self.chosen.values() if choice.by in (LIST_BODIES, LIST_PEOPLE)]
        known = {group.id for group in self.groups if group.is_list}
        return [number for number in dict.fromkeys(chosen) if number in known]

    @property
    def kept(self) -> list[Choice]:
        """What was ticked in other ways than the page shows now."""
        shown = {box.token for box in self.boxes()}
        return [choice for token, choice in self.chosen.items() if token not in shown]

    def invitees(self) -> list[service.Invitee]:
        """Whom the form asks to invite."""
        bodies = [service.Invitee(organisation_id=key, places=count) for key, count in self.places.items()]
        return [*bodies, *(service.Invitee(person_id=key) for key in self.people)]

    def boxes(self) -> list[Box]:
        """What may be ticked in the way chosen."""
        found = boxes(self.by, self.candidates, levels(), kinds(), self.groups, self.chosen, self.search)
        return [*found, *self._people()] if self.by == BODY else found

    def _people(self) -> list[Box]:
        ticked = [choice.numbers[0] for choice in self.chosen.values() if choice.by == PERSON]
        found = people_found(Sought(search=self.search), limit=MOST_PEOPLE).rows if self.search else []
        kept = [row for row in people_by_id(ticked) if row.id not in {each.id for each in found}] if ticked else []
        return person_boxes([*kept, *found], self.chosen)


def choosing(event: Event) -> Choosing:
    """What the form says about an event: four statements."""
    wanted = request.form.get("theo") or request.form.get("dang", "")
    read = (read_choice(token, _places(token)) for token in request.form.getlist("chon"))
    return Choosing(
        by=wanted if wanted in WAYS else WAYS[0],
        search=asked_words(),
        chosen={choice.token: choice for choice in read if choice},
        candidates=candidates_on(clock.local_date(event.starts_at)),
        groups=[*groups(), *_lists()],
        invited=invited_places(event.id),
    )


def _lists() -> list[Group]:
    """The lists of those who must still be trained, as groups: each organisation with as many places as it has people."""
    return [Group(each.mandate_id, each.name, each.by_organisation, True, each.people) for each in called()]


def _places(token: str) -> str:
    """The number typed beside a box, at most as many places as an invitation has."""
    typed = request.form.get(f"cho-{token}", "")
    return typed if len(typed) < len(str(MOST_PLACES)) else str(MOST_PLACES)
