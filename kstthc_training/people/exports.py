"""Noting who took a list of people away: what, how many rows, in which form, and by which filters."""

from flask import request

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.audit.words import FILTERS
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me


def note_export(action: str, *, subject_type: str, subject_id: int | None, form: str, rows: int) -> None:
    """Record that whoever asks takes this away now; call once it is made, outside a unit of work.

    Filters are noted by what they narrow; what was typed to search is not, as it may be a name.
    """
    asked = [name for name in FILTERS if request.args.get(name)]
    with unit_of_work():
        record(
            actor=me(), action=action, subject_type=subject_type, subject_id=subject_id, now=clock.now(),
            form=form, rows=rows, asked=asked,
        )  # fmt: skip
