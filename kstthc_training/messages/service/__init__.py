"""Telling people something, and what they do with what they were told."""

from kstthc_training.messages.service.choosing import choose
from kstthc_training.messages.service.reading import KEPT, forget_old, read, read_all, unread, unread_again
from kstthc_training.messages.service.telling import tell, tell_several

__all__ = ["KEPT", "choose", "forget_old", "read", "read_all", "tell", "tell_several", "unread", "unread_again"]
