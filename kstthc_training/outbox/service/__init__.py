"""Writing of letters and jobs, always inside the unit of work of the act that they announce; and what people decide."""

from kstthc_training.outbox.service.bounces import note_bounced
from kstthc_training.outbox.service.deciding import Decided, discard, discard_waiting_letters, hold_back, send_now, undo
from kstthc_training.outbox.service.holds import hold_letters, let_letters_go
from kstthc_training.outbox.service.posting import Letter, plan_job, post_letter, post_letters, try_job_again
from kstthc_training.outbox.service.readdressing import NewAddress, readdress

__all__ = [
    "Decided",
    "Letter",
    "NewAddress",
    "discard",
    "discard_waiting_letters",
    "hold_back",
    "hold_letters",
    "let_letters_go",
    "note_bounced",
    "plan_job",
    "post_letter",
    "post_letters",
    "readdress",
    "send_now",
    "try_job_again",
    "undo",
]
