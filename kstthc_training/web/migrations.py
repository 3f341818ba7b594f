"""Which migrations there are and which were done, found without the library that does them, heavy and seldom needed."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import inspect, text

from kstthc_training.db import db

_NAMES = re.compile(r"^(down_)?revision\b[^=]*=(.*)$", re.MULTILINE)
_QUOTED = re.compile(r"""["']([^"']+)["']""")


def is_newest(folder: str) -> bool:
    """Whether the tables have the form that this program expects: the last migration was done and none beyond it."""
    done = db.session.scalars(text("SELECT version_num FROM alembic_version")) if _was_migrated() else ()
    return set(done) == newest(Path(folder))


@cache
def newest(folder: Path) -> frozenset[str]:
    """The revisions in `folder` that no other follows."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for path in (folder / "versions").glob("*.py"):
        for down, value in _NAMES.findall(path.read_text(encoding="utf-8")):
            (followed if down else revisions).update(_QUOTED.findall(value))
    return frozenset(revisions - followed)


def _was_migrated() -> bool:
    return inspect(db.session.connection()).has_table("alembic_version")


class LateMigrate:
    """Keeps Flask-Migrate's place in an application until somebody asks for more than the folder."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._app, self.directory = app, str(folder)
        app.extensions["migrate"] = self
        app.cli.add_command(LateCommands("db", short_help="Các bước chuyển đổi cơ sở dữ liệu."))

    def __getattr__(self, name: str) -> object:
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=self.directory, render_as_batch=True, compare_type=True)
        return getattr(self._app.extensions["migrate"], name)


class LateCommands(click.Group):
    """Keeps the place of the commands of Flask-Migrate until one is called."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        from flask_migrate.cli import db as commands

        context: click.Context = commands.make_context(*args, **kwargs)
        return context
