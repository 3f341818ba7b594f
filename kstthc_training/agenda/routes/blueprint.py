"""The blueprint of Lịch."""

from flask import Blueprint

bp = Blueprint("agenda", __name__)
