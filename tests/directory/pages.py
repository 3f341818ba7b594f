"""A small province for the pages of the directory, and who looks at it."""

import itertools
from types import SimpleNamespace

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import PersonDraft, add_person
from tests.organisations.kept import added
from tests.support.factories import make_account

_count = itertools.count(1)


def small_province(now) -> SimpleNamespace:
    """A top, two districts, two communes of one name, a press agency, and one person."""
    top = added("Ủy ban nhân dân tỉnh", short_name="UBND tỉnh", kind="office", level="province", code="T", now=now)
    found = SimpleNamespace(top=top, districts={}, communes={})
    for name in ("Châu Thành", "Kiên Lương"):
        district = added(
            f"Ủy ban nhân dân huyện {name}", short_name=f"UBND H. {name}", kind="district", level="district",
            parent_id=top.id, code=name, now=now,
        )  # fmt: skip
        found.districts[name] = district
        found.communes[name] = added(
            "Ủy ban nhân dân xã Bình An", short_name="UBND X. Bình An", parent_id=district.id, now=now
        )
    found.press = added("Báo Mẫu", kind="press", level="province", now=now)
    found.person = person_of(found.communes["Kiên Lương"], "Bùi Mẫu Lệ", title="Văn phòng", phone="0900000018")
    return found


def person_of(organisation, full_name: str = "", **fields) -> Person:
    """Somebody of an organisation, taken in by the verb and committed."""
    number = next(_count)
    values = {"full_name": full_name or f"Nguyễn Mẫu Số {number}", "email": f"so{number}@mau.example", **fields}
    with unit_of_work():
        draft = PersonDraft(organisation_id=organisation.id, **values)
        person = add_person(actor=SYSTEM, draft=draft, now=clock.now())
    db.session.refresh(person)
    db.session.expunge(person)
    return person


def keeper(client_for):
    """A browser of somebody who keeps the directory."""
    return client_for(make_account(Role.ORGANIZER))


def reader(client_for):
    """A browser of somebody who only reads it."""
    return client_for(make_account(Role.LEADER))
