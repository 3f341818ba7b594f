"""Who may follow which feed: whatever the agenda shows them, and of one organisation's own affairs those who are of it."""

from kstthc_training.calendars.enums import FeedScope
from kstthc_training.calendars.scopes import Scope
from kstthc_training.events.policy import may_see_drafts
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import speaks_for


def may_follow(actor: Actor, scope: Scope) -> bool:
    """Everyone signed in follows what the agenda shows; what an organisation is asked to, its own people and insiders."""
    if scope.kind is not FeedScope.ORGANISATION:
        return True
    organisation_id = scope.subject_id
    return actor.organisation_id == organisation_id or speaks_for(actor, organisation_id) or may_see_drafts(actor)
