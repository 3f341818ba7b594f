"""The blueprint of mandatory trainings."""

from flask import Blueprint

bp = Blueprint("mandates", __name__)
