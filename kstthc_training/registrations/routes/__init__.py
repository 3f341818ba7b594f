"""Registering, the ticket, and naming people for an organisation."""

from kstthc_training.registrations.routes import home, nomination, own, ticket, ticket_link
from kstthc_training.registrations.routes.blueprint import bp, organisation_bp

BLUEPRINTS = (bp, organisation_bp)

__all__ = ["BLUEPRINTS", "bp", "home", "nomination", "organisation_bp", "own", "ticket", "ticket_link"]
