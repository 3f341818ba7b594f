"""Thousands of invented people, every fifth with an account."""

from collections.abc import Sequence
from datetime import datetime

from kstthc_training.people.models import Account, Person
from kstthc_training.people.service.persons import index
from kstthc_training.sample.organisations import Body
from kstthc_training.sample.people import Member, invented_person
from kstthc_training.sample.province import Province
from kstthc_training.sample.raw_rows import count_on, insert_rows, next_id

_PERSON = (
    "id", "full_name", "title", "organisation_id", "email", "phone", "name_key", "email_key", "search_text", "sort_key",
    "created_at",
)  # fmt: skip
_ACCOUNT = ("person_id", "login", "is_sample", "created_at")
_WITH_ACCOUNT = 5
_POSTS = ("Chuyên viên", "Công chức một cửa", "Văn thư", "Phó Trưởng phòng", "Công chức Tư pháp - Hộ tịch")


def add_crowd(province: Province, bodies: Sequence[Body], count: int, *, now: datetime) -> list[Member]:
    """So many more people, dealt out over the organisations."""
    first = next_id(Person)
    people, members = [], []
    for place in range(count):
        body = bodies[place % len(bodies)]
        draft = invented_person(province.chance, first + place, province.chance.choice(_POSTS), body.id)
        person = Person(full_name=draft.full_name, title=draft.title, email=draft.email, phone=draft.phone)
        index(person)
        people.append((
            first + place, person.full_name, person.title, body.id, person.email, person.phone, person.name_key,
            person.email_key, person.search_text, person.sort_key, now,
        ))  # fmt: skip
        members.append(Member(first + place, person.full_name, person.title, body.id, body.kind))
    insert_rows(Person, _PERSON, people)
    accounts = [(row[0], row[4], True, now) for row in people if row[4] and int(row[0]) % _WITH_ACCOUNT == 0]
    insert_rows(Account, _ACCOUNT, accounts)
    count_on(Person, Account)
    return members
