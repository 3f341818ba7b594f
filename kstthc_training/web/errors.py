"""What people see when something is wrong: what happened, what to do, and never a traceback."""

import errno
import logging
import secrets
import traceback

from flask import Flask, Response, current_app, g, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from kstthc_training.db import db
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.web.logs import request_facts

log = logging.getLogger(__name__)

_DISK_FULL = "53100"  # PostgreSQL, appendix A; SQLite says it in words
_REFUSALS = {400, 401, 403, 429}
_PAGES = {400, 403, 404, 405, 410, 413, 416, 429, 500, 503, 507}


def mount_errors(app: Flask) -> None:
    """Answer every failure with a page in the reader's language."""
    app.register_error_handler(Unknown, lambda _error: error_page(404))
    app.register_error_handler(NotAllowed, lambda _error: error_page(403))
    app.register_error_handler(CSRFError, lambda _error: error_page(400))
    app.register_error_handler(HTTPException, _expected)
    app.register_error_handler(OperationalError, _database_trouble)
    app.register_error_handler(OSError, _file_trouble)
    app.register_error_handler(Exception, _unexpected)


def error_page(status: int, *, inside: str = "") -> Response:
    """The page for a status, with the id under which the log tells more; `inside` is a traceback, for developers alone."""
    shown = status if status in _PAGES else (500 if status >= 500 else 400)
    error_id = secrets.token_hex(4).upper()
    facts = {**request_facts(), "status": status, "error_id": error_id}
    log.log(_weight(status), "answered %s", status, extra=facts)
    g.error_id = error_id
    limit_mb = current_app.config["SETTINGS"].max_upload_mb
    words = render_template(f"errors/{shown}.html", error_id=error_id, status=status, limit_mb=limit_mb, inside=inside)
    return make_response(words, status)


def _weight(status: int) -> int:
    """How loudly a status is logged: what may be an attempt to get past a control is a warning."""
    if status >= 500:
        return logging.ERROR
    return logging.WARNING if status in _REFUSALS else logging.INFO


def _expected(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    answer = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "Content-Range"):
            answer.headers[name] = value
    return answer


def _database_trouble(error: OperationalError) -> Response:
    _ask_the_database_nothing_more()
    full = "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", "") == _DISK_FULL
    log.exception("database trouble", extra=request_facts())
    return error_page(507 if full else 503)


def _file_trouble(error: OSError) -> Response:
    """507 when what was to be written found no room (RFC 4918, 11.5): an upload on its way in, or a stored file."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return _unexpected(error)
    db.session.rollback()
    log.exception("no room on the disk", extra=request_facts())
    return error_page(507)


def _unexpected(error: Exception) -> Response:
    if isinstance(error, SQLAlchemyError):
        _ask_the_database_nothing_more()
    db.session.rollback()
    log.exception("unexpected error", extra=request_facts())
    inside = "".join(traceback.format_exception(error)) if current_app.config["SETTINGS"].debug else ""
    return error_page(500, inside=inside)


def _ask_the_database_nothing_more() -> None:
    """Let the error page be for nobody in particular: who asks cannot be looked up now."""
    db.session.rollback()
    if not hasattr(g, "_login_user"):
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
