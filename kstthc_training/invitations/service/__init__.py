"""What may happen to invitations (made, sent, answered, changed, taken back), and to an event with all who are concerned."""

from kstthc_training.invitations.service.answers import accept, attend, decline, name_people, note_opened
from kstthc_training.invitations.service.changes import release_places, renew_link, revoke, set_deadline, set_places
from kstthc_training.invitations.service.events import cancel_event, change_event, postpone_event
from kstthc_training.invitations.service.groups import change_group, delete_group, save_group
from kstthc_training.invitations.service.invite import Invitee, invite, send
from kstthc_training.invitations.service.reminders import remind, remind_due, tell_overdue
from kstthc_training.invitations.service.rules import set_deadlines
from kstthc_training.invitations.service.telling import tell_leader

__all__ = [
    "Invitee",
    "accept",
    "attend",
    "cancel_event",
    "change_event",
    "change_group",
    "decline",
    "delete_group",
    "invite",
    "name_people",
    "note_opened",
    "postpone_event",
    "release_places",
    "remind",
    "remind_due",
    "renew_link",
    "revoke",
    "save_group",
    "send",
    "set_deadline",
    "set_deadlines",
    "set_places",
    "tell_leader",
    "tell_overdue",
]
