"""The blueprint of a focal point's pages."""

from flask import Blueprint

bp = Blueprint("organisation", __name__)
