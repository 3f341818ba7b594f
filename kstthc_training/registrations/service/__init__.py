"""What may happen to the registrations of an event, and to the event together with those who are told."""

from kstthc_training.registrations.service.cancel import cancel, cancel_several, restore
from kstthc_training.registrations.service.capacity import set_capacity
from kstthc_training.registrations.service.events import cancel_event, change_event, postpone_event
from kstthc_training.registrations.service.newcomers import NewPerson
from kstthc_training.registrations.service.nominate import Nomination, nominate
from kstthc_training.registrations.service.register import register, register_newcomer, register_walk_in
from kstthc_training.registrations.service.seats import open_pools
from kstthc_training.registrations.service.tickets import renew_ticket
from kstthc_training.registrations.service.walk_ins import register_unknown_walk_in

__all__ = [
    "NewPerson",
    "Nomination",
    "cancel",
    "cancel_event",
    "cancel_several",
    "change_event",
    "nominate",
    "open_pools",
    "postpone_event",
    "register",
    "register_newcomer",
    "register_unknown_walk_in",
    "register_walk_in",
    "renew_ticket",
    "restore",
    "set_capacity",
]
