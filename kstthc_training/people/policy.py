"""Who may, by role; what one may do with one object is answered by the feature that owns it."""

from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role


def runs_events(actor: Actor) -> bool:
    """Organizers and administrators schedule and run events."""
    return actor.has(Role.ORGANIZER, Role.ADMINISTRATOR)


def administers(actor: Actor) -> bool:
    """Administrators keep accounts, settings, mail and the audit log."""
    return actor.has(Role.ADMINISTRATOR)


def reads_reports(actor: Actor) -> bool:
    """Organizers, leaders and administrators read the plan and the figures."""
    return actor.has(Role.ORGANIZER, Role.LEADER, Role.ADMINISTRATOR)


def keeps_directory(actor: Actor) -> bool:
    """Organizers and administrators keep the directory of organisations and people."""
    return actor.has(Role.ORGANIZER, Role.ADMINISTRATOR)


def reads_directory(actor: Actor) -> bool:
    """Those who keep the directory, and leaders, read it."""
    return actor.has(Role.ORGANIZER, Role.LEADER, Role.ADMINISTRATOR)


def is_focal_point(actor: Actor) -> bool:
    """Speaks for at least one organisation."""
    return bool(actor.focal_of)


def speaks_for(actor: Actor, organisation_id: int | None) -> bool:
    """Is focal point of this organisation."""
    return organisation_id is not None and organisation_id in actor.focal_of
