"""Whether this process answers, and whether the product as a whole can do its work: for proxies and supervisors."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy.exc import SQLAlchemyError

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.outbox.queries import worker_seen_at
from kstthc_training.web.access import access, impersonal
from kstthc_training.web.migrations import is_newest

bp = Blueprint("health", __name__)

WORKER_SILENT_AFTER = timedelta(seconds=60)


@bp.get("/healthz")
@access(impersonal)
def alive() -> Response:
    """Two octets from a process that answers; touches neither database nor session."""
    answer = make_response("ok")
    answer.mimetype = "text/plain"
    return answer


@bp.get("/readyz")
@access(impersonal)
def ready() -> Response:
    """200 when the database answers, is migrated, and a worker was seen within a minute; else 503 and which is not so."""
    found = {"database": False, "migrations": False, "worker": False}
    try:
        found["migrations"] = is_newest(current_app.extensions["migrate"].directory)
        found["database"] = True
        found["worker"] = _worker_lives()
    except SQLAlchemyError:
        db.session.rollback()
    answer = jsonify(found)
    answer.status_code = 200 if all(found.values()) else 503
    return answer


def _worker_lives() -> bool:
    seen_at = worker_seen_at()
    return seen_at is not None and clock.now() - seen_at < WORKER_SILENT_AFTER
