"""People of the directory: those at the Office with an account to try, and some in every organisation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from kstthc_training.people.actors import Actor
from kstthc_training.people.service.persons import PersonDraft, add_people
from kstthc_training.sample.names import invented_name, invented_phone
from kstthc_training.sample.organisations import Body
from kstthc_training.sample.tables import read_table
from kstthc_training.text import fold

_POSTS = {
    "office": ("Chuyên viên", "Phó Trưởng phòng", "Trưởng phòng", "Chuyên viên chính"),
    "department": ("Chánh Văn phòng", "Chuyên viên", "Cán bộ đầu mối KSTTHC"),
    "district": ("Phó Chánh Văn phòng HĐND và UBND", "Chuyên viên", "Công chức Bộ phận một cửa"),
    "commune": ("Công chức Tư pháp - Hộ tịch", "Công chức Văn phòng - Thống kê"),
    "press": ("Phóng viên", "Biên tập viên", "Phóng viên ảnh"),
    "broadcast": ("Phóng viên", "Phát thanh viên"),
    "mass_org": ("Cán bộ Ban Tuyên giáo",),
    "central": ("Chuyên viên", "Phó Trưởng phòng"),
}
_LONE_COMMUNES = 3  # of four communes three name one person


@dataclass(frozen=True)
class Member:
    """A person as the rest of the sample knows him."""

    id: int
    full_name: str
    title: str
    organisation_id: int
    kind: str
    login: str = ""


def add_members(*, actor: Actor, bodies: Sequence[Body], chance: Random, now: datetime) -> list[Member]:
    """Everyone of the sample, the people with an account to try first."""
    known = {body.code: body for body in bodies}
    tried = [
        (known[line["organisation"]], line["login"],
         PersonDraft(
             full_name=line["full_name"], title=line["title"], organisation_id=known[line["organisation"]].id,
             email=line["login"], phone=invented_phone(number),
         ))
        for number, line in enumerate(read_table("office_people"), start=1)
    ]  # fmt: skip
    drafts = [*tried, *_others(bodies, chance, first=len(tried) + 1)]
    people = add_people(actor=actor, drafts=[draft for _, _, draft in drafts], now=now)
    return [
        Member(person.id, person.full_name, person.title, body.id, body.kind, login)
        for person, (body, login, _) in zip(people, drafts, strict=True)
    ]


def _others(bodies: Sequence[Body], chance: Random, *, first: int) -> Iterator[tuple[Body, str, PersonDraft]]:
    number = first
    for place, body in enumerate(bodies):
        posts = _POSTS[body.kind]
        if body.kind == "commune" and place % (_LONE_COMMUNES + 1):
            posts = posts[:1]
        for title in posts:
            yield body, "", invented_person(chance, number, title, body.id)
            number += 1


def invented_person(chance: Random, number: int, title: str, organisation_id: int) -> PersonDraft:
    """A person by chance whose address nobody can have; one in eight has none."""
    name = invented_name(chance)
    short = fold(name.split()[-1])
    email = f"{short}.{number}@mau.example" if number % 8 else ""
    return PersonDraft(
        full_name=name, title=title, organisation_id=organisation_id, email=email, phone=invented_phone(number)
    )
