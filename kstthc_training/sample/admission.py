"""Events that take people in by rules of their own, said before anybody registers."""

from enum import StrEnum

from kstthc_training.people.actors import Actor
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Admission, Promotion
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.sample.patterns import Planned


class RuleWord(StrEnum):
    """How the tables of the sample call the rules of an event."""

    ALLOCATION = "allocation"
    APPROVAL = "approval"
    LIMITS = "limits"
    OFFER = "offer"  # only from the day before today: until then the first in the queue got a seat directly


OFFERS = Rules(promotion=Promotion.OFFER, offer_hours=72, cutoff_hours=2)
_FIRST = {
    RuleWord.ALLOCATION: (Rules(admission=Admission.ALLOCATION), Limits()),
    RuleWord.APPROVAL: (Rules(admission=Admission.APPROVAL), Limits()),
    RuleWord.LIMITS: (Rules(), Limits(press=30, room=120, online=60, each_organisation=3)),
}


def set_first_rules(*, actor: Actor, event_id: int, planned: Planned) -> None:
    """The rules and further limits that an event has from the beginning, where they differ from the usual."""
    for word, (rules, limits) in _FIRST.items():
        if word == planned.rule_word:
            service.set_rules(actor=actor, event_id=event_id, rules=rules, limits=limits, now=planned.created_at)
