"""Telling people something, and what they do with what they were told."""

from kstthc_training.messages.service.choosing import choose
from kstthc_training.messages.service.digesting import take_for_digest
from kstthc_training.messages.service.reading import KEPT, forget_old, read, read_all, unread, unread_again
from kstthc_training.messages.service.telling import DIGEST_HOUR, tell, tell_several

__all__ = [
    "DIGEST_HOUR",
    "KEPT",
    "choose",
    "forget_old",
    "read",
    "read_all",
    "take_for_digest",
    "tell",
    "tell_several",
    "unread",
    "unread_again",
]
