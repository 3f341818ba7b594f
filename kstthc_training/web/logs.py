"""Log lines as JSON on standard error, one object a line, without names, query strings or secrets."""

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

from kstthc_training.ids import random_uuid

_FACTS = ("error_id", "account", "request_id", "method", "route", "status", "ms", "job", "message")
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})  # JSON leaves them as they are
log = logging.getLogger("kstthc_training.access")


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, where, what, and the facts given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": record.getMessage(),
        }
        line |= {fact: value for fact in _FACTS if (value := record.__dict__.get(fact)) is not None and fact != "message"}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False).translate(_LINE_ENDS)


def set_up_logs(level: str) -> None:
    """Send everything the program says to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def request_facts() -> dict[str, Any]:
    """What any line about this request tells: its id, its route (not its address), and who asks, when that is known."""
    return {
        "request_id": g.get("request_id"),
        "method": request.method,
        "route": str(request.url_rule or "unknown"),
        "account": getattr(g.get("_login_user"), "account_id", None),
    }


def mount_logs(app: Flask) -> None:
    """Give each request an id, and log how it was answered by its route, not its address."""

    @app.before_request
    def begin() -> None:
        g.request_id = random_uuid().hex[:16]
        g.began = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        if request.endpoint != "static" and log.isEnabledFor(logging.INFO):
            facts = {
                **request_facts(),
                "status": answer.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                "error_id": g.get("error_id"),
            }
            log.info("answered", extra=facts)
        return answer
