"""The blueprint of Quản trị."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from kstthc_training.people.policy import administers
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other

bp = Blueprint("administration", __name__)


@bp.get("/quan-tri")
@access(administers)
def index() -> ResponseReturnValue:
    """Administration begins at the accounts."""
    return see_other(url_for("administration.accounts"))
