"""Whether the queries of the main pages find their rows by index. Run as a process of its own, it prints JSON."""

import json
import re
import sys
from typing import Any

from flask import Flask
from sqlalchemy import event

from bench.rows import ROWS, Targets
from kstthc_training.application import create_app
from kstthc_training.db import db

_LARGE = (
    "events", "sessions", "agenda_items", "people", "registrations", "registration_steps", "marks", "presences",
    "attendance_results", "audit_entries", "outbox_messages", "seat_pools", "sheets", "calendar_entries",
)  # fmt: skip
_SCAN = re.compile(r"\bSCAN (\w+)")
_ALIAS = re.compile(r"\b(?:FROM|JOIN) (\w+)(?: AS (\w+))?")


def plans(app: Flask, targets: Targets) -> list[dict[str, Any]]:
    """For each row that reads: how many statements it sends, and the large tables that are read from end to end."""
    found = []
    for row in ROWS:
        request = next(row.requests(targets))
        if request.form is None and "static" not in row.name:
            found.append({"name": row.name, **_plan(app, request.path, request.headers)})
    return found


def _plan(app: Flask, path: str, headers: dict[str, str]) -> dict[str, Any]:
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with app.app_context():
            status = app.test_client(use_cookies=False).get(path, headers=headers).status_code
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    read = [(statement, parameters) for statement, parameters in sent if statement.lstrip().startswith(("SELECT", "WITH"))]
    scanned = sorted({table for statement, parameters in read for table in _scanned(statement, parameters)})
    return {"status": status, "statements": len(read), "scanned": scanned}


def _scanned(statement: str, parameters: Any) -> set[str]:
    with db.engine.connect() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    names = {alias or table: table for table, alias in _ALIAS.findall(statement)}
    scans = {match[1] for step in steps if (match := _SCAN.search(step[3]))}
    return {names.get(name, name) for name in scans} & set(_LARGE)


if __name__ == "__main__":
    app = create_app()
    with app.app_context():
        print(json.dumps(plans(app, json.load(sys.stdin))))
