"""The blueprint of personal data: what everybody may know of it, and what each may know and ask of his own."""

from flask import Blueprint

bp = Blueprint("privacy", __name__)
