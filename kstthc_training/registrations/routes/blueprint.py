"""The blueprints: one's own registration and ticket, and the pages of a focal point."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)
organisation_bp = Blueprint("organisation", __name__)
