"""The blueprint of Danh bạ."""

from flask import Blueprint

bp = Blueprint("directory", __name__, url_prefix="/danh-ba")
