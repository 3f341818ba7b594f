"""Guests without an account: the next press event takes them by its link, and some await the decision."""

import io
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import select

from kstthc_training.clock import at_local
from kstthc_training.db import db
from kstthc_training.events.enums import Audience
from kstthc_training.files.store import SentFile, own_store
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import NOBODY
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Credential
from kstthc_training.registrations.policy import is_open
from kstthc_training.registrations.queries import rules_of
from kstthc_training.registrations.queries.limits import limits_of
from kstthc_training.registrations.service import GuestDraft, PressPapers
from kstthc_training.sample import papers
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

_LARGEST = 1_000_000
_CARD, _LETTER = Credential.PRESS_CARD, Credential.INTRODUCTION


def let_guests_in(province: Province, made: list[Made]) -> None:
    """Yesterday the organizer let guests in; since then some have written themselves down, and none is decided on yet."""
    at = at_local(province.today - timedelta(days=1), time(9, 0))
    press = [one.event for one in made if one.planned.standing is Standing.OPEN and one.event.audience is Audience.PRESS]
    taking = [event for event in press if is_open(event, at) and is_open(event, at + timedelta(hours=1))]
    if not taking:
        return
    event = min(taking, key=lambda one: one.starts_at)
    rules = replace(rules_of(event.id), guests_allowed=True, asks_credentials=True)
    organizer, limits = province.accounts.organizer, limits_of(event.id)
    service.set_rules(actor=organizer, event_id=event.id, rules=rules, limits=limits, now=at)
    for number, draft in enumerate([_with_letter(), _with_card(), _perhaps_known(province)], start=1):
        sent = at + timedelta(minutes=17 * number)
        service.register_guest(actor=NOBODY, event_id=event.id, draft=draft, now=sent)


def _with_letter() -> GuestDraft:
    kept = own_store().put(io.BytesIO(papers.introduction()), limit=_LARGEST)
    return GuestDraft(
        form_secret="sample-1", full_name="Đinh Mẫu Vân", organisation="Thời báo Mẫu", title="Phóng viên",  # noqa: S106
        email="khach-van@mau.example", phone="0900000951", papers=PressPapers(_LETTER, "27/GGT"),
        letter=SentFile(kept, "Giấy giới thiệu.pdf", papers.PDF),
    )  # fmt: skip


def _with_card() -> GuestDraft:
    return GuestDraft(
        form_secret="sample-2", full_name="Lý Mẫu Khang", organisation="Tạp chí Mẫu Phương Nam",  # noqa: S106
        title="Biên tập viên", phone="0900000952", papers=PressPapers(_CARD, "IBT 00912"),
    )  # fmt: skip


def _perhaps_known(province: Province) -> GuestDraft:
    """A journalist of the province who did not find his account: his row in the directory is another."""
    journalist = next(member for member in province.members if member.kind in ("press", "broadcast"))
    person = db.session.get_one(Person, journalist.id)
    body = db.session.execute(select(Organisation.name).where(Organisation.id == journalist.organisation_id)).scalar_one()
    return GuestDraft(
        form_secret="sample-3", full_name=person.full_name, organisation=body, title="Phóng viên",  # noqa: S106
        email="khach-ca-nhan@mau.example", phone="0900000953", papers=PressPapers(_CARD, "IBT 00337"),
    )  # fmt: skip
