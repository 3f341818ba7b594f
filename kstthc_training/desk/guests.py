"""Guests of an event as the organizer decides on them: what each wrote, and who of the directory he may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kstthc_training.events.models import Event
from kstthc_training.events.words import Tag
from kstthc_training.people.likeness import Described, Likeness, alike_all
from kstthc_training.people.words import clue_words
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Question
from kstthc_training.registrations.queries import states_at
from kstthc_training.registrations.queries.guests import GuestRow, guests_of
from kstthc_training.registrations.queries.questions import answers_at, questions_of
from kstthc_training.registrations.rule_words import CREDENTIALS, PLACES
from kstthc_training.registrations.words import state_tag


@dataclass(frozen=True)
class Double:
    """Somebody of the directory who may be the guest: why, and how he stands with the event if he is on its list."""

    person_id: int
    said: str
    why: str
    standing: Tag | None


@dataclass(frozen=True)
class PendingGuest:
    """A guest who awaits the decision; `asked` are the questions that he answered, each with the answer."""

    row: GuestRow
    papers: str
    place: str
    asked: Sequence[tuple[str, str]]
    doubles: Sequence[Double]


@dataclass(frozen=True)
class GuestPage:
    """Those to decide on, how many more there are, and those decided on already, each with how he stands."""

    pending: Sequence[PendingGuest]
    more: int
    decided: Sequence[tuple[GuestRow, Tag]]


def guest_page(event: Event) -> GuestPage:
    """The guests of an event: a fixed number of statements, however many they are."""
    found = guests_of(event.id)
    alike = alike_all({row.registration_id: _described(row) for row in found.pending})
    persons = {each.person.id for likely in alike.values() for each in likely}
    standings = states_at(event.id, person_ids=persons) if persons else {}
    questions = questions_of(event.id) if found.pending else []
    answers = answers_at(event.id) if questions else {}
    pending = [
        _pending(row, alike[row.registration_id], standings, _answered(questions, answers.get(row.registration_id, {})))
        for row in found.pending
    ]
    decided = [(row, state_tag(row.state)) for row in found.decided]
    return GuestPage(pending, found.waiting_for_decision - len(pending), decided)


def _described(row: GuestRow) -> Described:
    return Described(row.full_name, row.matched_id, row.email, row.phone, but=row.person_id)


def _pending(
    row: GuestRow,
    alike: Sequence[Likeness],
    standings: Mapping[int, RegistrationState],
    asked: Sequence[tuple[str, str]],
) -> PendingGuest:
    papers = " ".join(filter(None, (str(CREDENTIALS[row.credential]), row.credential_number))) if row.credential else ""
    doubles = [_double(each, standings.get(each.person.id)) for each in alike]
    return PendingGuest(row, papers, str(PLACES[row.place]) if row.place else "", asked, doubles)


def _double(likely: Likeness, state: RegistrationState | None) -> Double:
    person = likely.person
    said = ", ".join(filter(None, (person.full_name, person.title, person.organisation, person.above)))
    return Double(person.id, said, ", ".join(clue_words(likely.clues)), state_tag(state) if state else None)


def _answered(questions: Sequence[Question], given: Mapping[int, str]) -> list[tuple[str, str]]:
    return [(question.label, given[question.id]) for question in questions if given.get(question.id)]
