"""What the pages of letters show."""

from kstthc_training.mailroom.queries.addresses import Proposal, proposals
from kstthc_training.mailroom.queries.letter import LetterView, StepRow, get_letter, others_to
from kstthc_training.mailroom.queries.listing import Figures, LetterRow, figures, held_events, letter_events, letters
from kstthc_training.mailroom.queries.subjects import Subject, subject_of

__all__ = [
    "Figures",
    "LetterRow",
    "LetterView",
    "Proposal",
    "StepRow",
    "Subject",
    "figures",
    "get_letter",
    "held_events",
    "letter_events",
    "letters",
    "others_to",
    "proposals",
    "subject_of",
]
