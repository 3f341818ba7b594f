"""Mailboxes of the tests, and one turn at them."""

import itertools
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy import select

from kstthc_training.config import Config
from kstthc_training.db import db, unit_of_work
from kstthc_training.inbox.models import InboxBox, InboxMessage
from kstthc_training.inbox.round import InboxRound
from tests.support.databases import settings_for

_count = itertools.count()


def config_of(app: Flask, folder: Path, **more: str) -> Config:
    """The settings of the test's product, with a mailbox in `folder` or as `more` says."""
    own: Config = app.config["SETTINGS"]
    other = settings_for(folder, **more)
    return replace(other, database_url=own.database_url, secret_key=own.secret_key)


def lay_down(config: Config, octets: bytes, name: str = "") -> Path:
    """Lay a letter into the local Maildir, as a mail server does."""
    target = config.incoming_maildir / "new" / (name or f"{next(_count):06d}.test")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(octets)
    return target


def turn(config: Config) -> InboxRound:
    """One turn of a worker at the mailbox, whenever it was read before."""
    due_again(config)
    at = InboxRound(config, stopping=Event())
    at.turn()
    return at


def due_again(_config: Config) -> None:
    """Let the hour of every mailbox have come."""
    with unit_of_work():
        for box in db.session.scalars(select(InboxBox)):
            box.read_at = None


def taken() -> list[InboxMessage]:
    """The letters that were taken, in order, detached."""
    db.session.rollback()
    rows = list(db.session.scalars(select(InboxMessage).order_by(InboxMessage.id).execution_options(populate_existing=True)))
    db.session.expunge_all()
    db.session.rollback()
    return rows


def box() -> Any:
    """How far the one mailbox was read."""
    db.session.rollback()
    row = db.session.scalars(select(InboxBox).execution_options(populate_existing=True)).one()
    db.session.expunge(row)
    db.session.rollback()
    return row
