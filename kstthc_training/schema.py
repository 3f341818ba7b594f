"""Every table of the product in one metadata, for migrations; importing it loads all models."""

from typing import Any

from kstthc_training.attendance import models as attendance
from kstthc_training.audit import models as audit
from kstthc_training.calendars import models as calendars
from kstthc_training.db import Base, db
from kstthc_training.directory import models as directory
from kstthc_training.events import models as events
from kstthc_training.files import models as files
from kstthc_training.inbox import models as inbox
from kstthc_training.invitations import models as invitations
from kstthc_training.mandates import models as mandates
from kstthc_training.materials import models as materials
from kstthc_training.messages import models as messages
from kstthc_training.messages.texts import models as message_texts
from kstthc_training.organisations import models as organisations
from kstthc_training.outbox import models as outbox
from kstthc_training.people import models as people
from kstthc_training.plans import models as plans
from kstthc_training.privacy import models as privacy
from kstthc_training.registrations import models as registrations
from kstthc_training.reminders import models as reminders
from kstthc_training.scheduling import models as scheduling
from kstthc_training.settings import models as settings

MODELS = (
    attendance, audit, calendars, directory, events, files, inbox, invitations, mandates, materials, message_texts,
    messages, organisations, outbox, people, plans, privacy, registrations, reminders, scheduling, settings,
)  # fmt: skip
METADATA = Base.metadata


def stands_here(item: Any, _name: str | None, kind: str, _reflected: bool, _compared_to: Any) -> bool:
    """Whether the engine at hand has this part of the metadata: the index over a long text is SQLite's alone."""
    return kind != "index" or item.info.get("dialect", db.engine.dialect.name) == db.engine.dialect.name
