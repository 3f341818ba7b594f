"""Letters of earlier versions come along: what was given up says so, a hold still holds, paths begin with what is known."""

from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import column, table, text

from kstthc_training.db import db
from tests.support import databases

_KEPT = {"recipient": "lan@So.Mau.example", "recipient_name": "", "subject": "s", "kind": "x", "tries": 1}
_COLUMNS = ("key", "message_id", "state", "last_error", "sent_at", *_KEPT)


@pytest.mark.parametrize("engine", databases.ENGINES)
def test_letters_kept_before_have_a_state_a_host_and_a_path(engine: str, tmp_path: Path) -> None:
    product = databases.create_app(databases.settings_for(tmp_path, DATABASE_URL=databases.empty_address(engine, tmp_path)))
    with product.app_context():
        upgrade(revision="0025")
        _keep("a", "waiting", None)
        _keep("b", "sent", None, sent=True)
        _keep("c", "failed", "550 no such user")
        _keep("d", "failed", "discarded")
        with db.engine.begin() as connection:
            connection.execute(text("INSERT INTO outbox_holds (id, reason, since) VALUES (1, 'xem', CURRENT_TIMESTAMP)"))
        upgrade()
        letters = db.session.execute(text("SELECT state, host, last_error FROM outbox_messages ORDER BY key")).all()
        paths = db.session.execute(text("SELECT message_id, what, said FROM outbox_steps ORDER BY message_id")).all()
        holds = db.session.execute(text("SELECT id, event_id, reason FROM outbox_holds")).all()
        db.session.remove()
        db.engine.dispose()

    host = "so.mau.example"
    assert [tuple(row) for row in letters] == [
        ("waiting", host, None), ("sent", host, None), ("failed", host, "550 no such user"), ("discarded", host, None),
    ]  # fmt: skip
    assert [tuple(row)[1:] for row in paths] == [("taken", ""), ("given-up", "550 no such user"), ("discarded", "")]
    assert [tuple(row) for row in holds] == [(0, None, "xem")]


def _keep(key: str, state: str, trouble: str | None, *, sent: bool = False) -> None:
    values: dict[str, Any] = {**_KEPT, "key": key, "message_id": f"<{key}@mau>", "state": state, "last_error": trouble}
    values["sent_at"] = text("CURRENT_TIMESTAMP") if sent else None
    messages = table("outbox_messages", *(column(name) for name in (*_COLUMNS, "created_at", "run_at", "search_text")))
    written = text("CURRENT_TIMESTAMP")
    with db.engine.begin() as connection:
        connection.execute(messages.insert().values(**values, created_at=written, run_at=written, search_text=""))
