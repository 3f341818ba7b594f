"""Looking up invitations: by link, by event, by whoever is invited."""

from kstthc_training.invitations.queries.deadlines import deadlines_of
from kstthc_training.invitations.queries.links import INVITATION_PURPOSE, find_by_link, get_answerable, invitation_address
from kstthc_training.invitations.queries.listing import InvitationRow, StepRow, invitations_at, steps_at
from kstthc_training.invitations.queries.named import named_at, places_held
from kstthc_training.invitations.queries.own import (
    OwnInvitation,
    invitation_of,
    invitations_of,
    person_invitation,
    unanswered_by,
)
from kstthc_training.invitations.queries.recipients import Recipient, recipients_of

__all__ = [
    "INVITATION_PURPOSE",
    "InvitationRow",
    "OwnInvitation",
    "Recipient",
    "StepRow",
    "deadlines_of",
    "find_by_link",
    "get_answerable",
    "invitation_address",
    "invitation_of",
    "invitations_at",
    "invitations_of",
    "named_at",
    "person_invitation",
    "places_held",
    "recipients_of",
    "steps_at",
    "unanswered_by",
]
