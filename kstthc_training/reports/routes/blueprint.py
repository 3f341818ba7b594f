"""The blueprint of reports, and who reads them."""

from flask import Blueprint

bp = Blueprint("reports", __name__)
