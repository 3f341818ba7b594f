"""What may happen to the registrations of an event."""

from kstthc_training.registrations.service.allocate import (
    begin_allocation,
    decide_allocation,
    redraw,
    say_of_applicant,
    set_criteria,
)
from kstthc_training.registrations.service.answers import answer_questions, change_answers, note_file_opened
from kstthc_training.registrations.service.cancel import cancel, cancel_several, restore
from kstthc_training.registrations.service.capacity import set_capacity
from kstthc_training.registrations.service.decide import approve, reconsider, refuse
from kstthc_training.registrations.service.guests import GuestDraft, register_guest, renew_guest_link
from kstthc_training.registrations.service.limits import set_limits, set_quota
from kstthc_training.registrations.service.newcomers import NewPerson
from kstthc_training.registrations.service.nominate import Nomination, nominate
from kstthc_training.registrations.service.offers import take_offer, turn_offer_down
from kstthc_training.registrations.service.register import PressPapers, register, register_newcomer, register_walk_in
from kstthc_training.registrations.service.reserve import hold_places
from kstthc_training.registrations.service.rules import set_rules
from kstthc_training.registrations.service.seats import hold_event, open_pools
from kstthc_training.registrations.service.several import register_several
from kstthc_training.registrations.service.substitute import substitute, substitute_newcomer
from kstthc_training.registrations.service.tickets import renew_ticket
from kstthc_training.registrations.service.views import drop_view, save_view
from kstthc_training.registrations.service.walk_ins import register_unknown_walk_in

__all__ = [
    "GuestDraft",
    "NewPerson",
    "Nomination",
    "PressPapers",
    "answer_questions",
    "approve",
    "begin_allocation",
    "cancel",
    "cancel_several",
    "change_answers",
    "decide_allocation",
    "drop_view",
    "hold_event",
    "hold_places",
    "nominate",
    "note_file_opened",
    "open_pools",
    "reconsider",
    "redraw",
    "refuse",
    "register",
    "register_guest",
    "register_newcomer",
    "register_several",
    "register_unknown_walk_in",
    "register_walk_in",
    "renew_guest_link",
    "renew_ticket",
    "restore",
    "save_view",
    "say_of_applicant",
    "set_capacity",
    "set_criteria",
    "set_limits",
    "set_quota",
    "set_rules",
    "substitute",
    "substitute_newcomer",
    "take_offer",
    "turn_offer_down",
]
