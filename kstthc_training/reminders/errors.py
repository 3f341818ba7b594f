"""What may not be done with reminders."""

from kstthc_training.refusals import Refusal


class RemindingOver(Refusal):
    """Nobody is reminded of an event that is not released or has begun."""


class TooManyReminders(Refusal):
    """More reminders of one event than anybody would read; at most `most`."""
