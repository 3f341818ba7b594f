"""The verbs of reminders."""

from kstthc_training.reminders.service.deciding import resume, send_now, set_rules, skip
from kstthc_training.reminders.service.planning import SEND, plan, plan_all
from kstthc_training.reminders.service.sending import remind_of_answer, send, tell_late

__all__ = ["SEND", "plan", "plan_all", "remind_of_answer", "resume", "send", "send_now", "set_rules", "skip", "tell_late"]
