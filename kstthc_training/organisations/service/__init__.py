"""Verbs of organisations: take in, change, name anew, end, continue."""

from kstthc_training.organisations.service.ending import end, succeed
from kstthc_training.organisations.service.keeping import add, change
from kstthc_training.organisations.service.naming import correct_name, rename, take_names_of

__all__ = ["add", "change", "correct_name", "end", "rename", "succeed", "take_names_of"]
