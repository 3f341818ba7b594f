"""The blueprint of Điều hành, which the pages of the workspace hang on."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
