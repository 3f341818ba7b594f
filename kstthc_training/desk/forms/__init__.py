"""What may be typed at the desk."""

from kstthc_training.desk.forms.calling_off import CallOffForm, DiscardForm
from kstthc_training.desk.forms.event_form import EventForm

__all__ = ["CallOffForm", "DiscardForm", "EventForm"]
