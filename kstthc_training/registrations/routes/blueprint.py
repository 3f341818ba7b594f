"""The blueprint of one's own registration and ticket."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)
