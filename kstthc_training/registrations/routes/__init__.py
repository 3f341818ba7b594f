"""Registering, and the ticket."""

from kstthc_training.registrations.routes import own, ticket, ticket_link
from kstthc_training.registrations.routes.blueprint import bp

__all__ = ["bp", "own", "ticket", "ticket_link"]
