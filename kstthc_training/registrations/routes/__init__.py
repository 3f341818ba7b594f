"""Registering, and the ticket."""

from kstthc_training.registrations.routes import answers, answers_link, guest, own, ticket, ticket_link
from kstthc_training.registrations.routes.blueprint import bp

__all__ = ["answers", "answers_link", "bp", "guest", "own", "ticket", "ticket_link"]
