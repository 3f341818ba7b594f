"""Every kind of letter: what it is about, and whether people may choose how they are told of it."""

from typing import NamedTuple

from kstthc_training.messages.enums import Group


class Kind(NamedTuple):
    """A kind of letter. A mandatory one always goes by mail; a silent one is for the calendar alone and makes no notice."""

    group: Group
    mandatory: bool = False
    silent: bool = False


_OWN, _REMINDS, _BODY = Kind(Group.REGISTRATIONS), Kind(Group.REMINDERS), Kind(Group.ORGANISATION)
# What costs somebody his place, or asks him for something that nobody else can do, goes by mail whatever he chose.
_LOST, _CALLED_OFF = Kind(Group.REGISTRATIONS, mandatory=True), Kind(Group.EVENT, mandatory=True)
_ASKED, _ACCOUNT = Kind(Group.ORGANISATION, mandatory=True), Kind(Group.ACCOUNT, mandatory=True)
_CALENDAR = Kind(Group.EVENT, mandatory=True, silent=True)

KINDS: dict[str, Kind] = {
    "registration-confirmed": _OWN,
    "registration-waiting": _OWN,
    "registration-pending": _OWN,
    "registration-promoted": _OWN,
    "registration-known": _LOST,
    "registration-offered": _LOST,
    "registration-offer-over": _LOST,
    "registration-refused": _LOST,
    "registration-reopened": _LOST,
    "registration-taken-back": _LOST,
    "event-cancelled": _CALLED_OFF,
    "event-postponed": _CALLED_OFF,
    "event-changed": _CALLED_OFF,
    "calendar-request": _CALENDAR,
    "calendar-update": _CALENDAR,
    "calendar-cancel": _CALENDAR,
    "calendar-postpone": _CALENDAR,
    "calendar-hour-stays": _CALENDAR,
    "event-reminder": _REMINDS,
    "invitation": _ASKED,
    "invitation-revoked": _ASKED,
    "invitation-overdue": _ASKED,
    "invitation-report": _ASKED,
    "invitation-reminder": _BODY,
    "invitation-changed": _BODY,
    "names-reminder": _BODY,
    "digest": Kind(Group.ORGANISATION, mandatory=True, silent=True),
    "text-trial": Kind(Group.ACCOUNT, mandatory=True, silent=True),
    "privacy.received": _ACCOUNT,
    "privacy.refused": _ACCOUNT,
    "privacy.erased": Kind(Group.ACCOUNT, mandatory=True, silent=True),
    "account.invitation": _ACCOUNT,
    "account.new_password": _ACCOUNT,
    "account.sign_in": _ACCOUNT,
    "account.password_changed": _ACCOUNT,
    "account.login_changed": _ACCOUNT,
}
CHOSEN = (Group.REGISTRATIONS, Group.REMINDERS, Group.ORGANISATION)  # the groups in which there is something to choose
