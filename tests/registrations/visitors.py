"""Guests without an account, and events that take them."""

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Audience
from kstthc_training.ids import random_secret
from kstthc_training.people.actors import Actor
from kstthc_training.registrations import service
from tests.registrations.actors import again
from tests.registrations.seats import a_ruled_event

VISITOR = Actor(address="203.0.113.9")


def open_to_guests(*, capacity=None, rules=None, limits=None, **fields):
    """A press event that takes guests by its shared link."""
    fields = {"audience": Audience.PRESS, **fields}
    return a_ruled_event(limits, capacity=capacity, fields=fields, guests_allowed=True, **(rules or {}))


def a_draft(full_name="Trần Mẫu Bình", **said):
    """What a guest wrote on a page of his own."""
    values = {"organisation": "Báo Mẫu Xa", "title": "Phóng viên", "email": "binh@bao.example", **said}
    return service.GuestDraft(**{"form_secret": random_secret(), "full_name": full_name, **values})


def arrived(event, draft=None, *, now=None, **said):
    """A guest who sent his page: his registration, and what became of the page."""
    with unit_of_work():
        draft = draft or a_draft(**said)
        row, how = service.register_guest(actor=VISITOR, event_id=event.id, draft=draft, now=now or clock.now())
        found = row.id
    return again(found), how
