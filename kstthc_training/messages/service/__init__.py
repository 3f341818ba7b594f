"""Telling people something, and what they do with what they were told."""

from kstthc_training.messages.service.telling import tell, tell_several

__all__ = ["tell", "tell_several"]
