"""How somebody wants to be told of each group that leaves a choice."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.kinds import CHOSEN
from kstthc_training.messages.words import GROUPS, WAYS
from kstthc_training.web.forms import Form

_WAYS = [SelectChoice(value=way.value, label=words) for way, words in WAYS.items()]
_UNKNOWN = _l("Hãy chọn một trong ba cách.")


class ChoicesForm(Form):
    """One question a group."""

    registrations = RadioField(GROUPS[Group.REGISTRATIONS].name, choices=_WAYS, default=Way.MAIL.value)
    reminders = RadioField(GROUPS[Group.REMINDERS].name, choices=_WAYS, default=Way.MAIL.value)
    organisation = RadioField(GROUPS[Group.ORGANISATION].name, choices=_WAYS, default=Way.MAIL.value)

    def ways(self) -> Mapping[Group, Way]:
        """What was chosen, by group."""
        return {group: Way(self[group.value].data) for group in CHOSEN}
