"""Flask-Login over server-side sign-ins: the cookie holds a secret, the database its hash."""

from typing import Any, cast

from flask import Flask, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.actors import NOBODY, Actor
from kstthc_training.people.queries import find_actor
from kstthc_training.people.service import sign_ins


def me() -> Actor:
    """Whoever made this request; nobody when not signed in."""
    return cast(Actor, current_user._get_current_object())


def client_address() -> str:
    """The network address of the browser; forwarded ones are believed from the configured proxy only."""
    return request.remote_addr or ""


def load_actor(secret: str) -> Actor | None:
    """Flask-Login's user of a cookie, noting once a minute that it was seen."""
    now = clock.now()
    found = find_actor(secret=secret, now=now)
    if found is None:
        return None
    actor, seen_at = found
    if sign_ins.idle_too_long(actor=actor, seen_at=seen_at, now=now):
        return None
    if actor.sign_in_id and now - seen_at > sign_ins.SEEN_EVERY:
        with unit_of_work():
            sign_ins.note_seen(sign_in_id=actor.sign_in_id, now=now)
    return actor.at(client_address())


def begin_session(account_id: int) -> None:
    """Sign this browser in under a new id; what the old session held is gone. Call inside a unit of work."""
    now = clock.now()
    secret = sign_ins.open_sign_in(
        account_id=account_id, address=client_address(), browser=request.user_agent.string, now=now
    )
    found = find_actor(secret=secret, now=now)
    if found is None:
        return
    session.clear()
    login_user(found[0])


def end_session() -> None:
    """Sign this browser out. Call inside a unit of work."""
    if (sign_in_id := me().sign_in_id) is not None:
        sign_ins.end_sign_in(sign_in_id=sign_in_id)
    logout_user()
    session.clear()


def mount_identity(app: Flask) -> None:
    """Let every request know its actor."""
    manager = LoginManager()
    manager.session_protection = None  # the secret is random, revocable and bound to a row; addresses of phones change
    manager.anonymous_user = cast(Any, lambda: NOBODY.at(client_address()))
    manager.user_loader(load_actor)
    manager.init_app(app, add_context_processor=False)
