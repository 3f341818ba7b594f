"""Who may call which view: every view declares it, and one that does not is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from kstthc_training.web.answers import sign_in_first

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[Any], bool]

_MARK, _UNATTENDED = "__access__", "__unattended__"


def access(rule: Rule) -> Callable[[View], View]:
    """Declare who may call a view: a plain predicate on the actor. Objects are guarded by their loaders besides."""

    def declare(view: View) -> View:
        setattr(view, _MARK, rule)
        return view

    return declare


def unattended(view: View) -> View:
    """Declare that pages ask this by themselves: whoever left the desk is not seen by it, and is signed out in time."""
    setattr(view, _UNATTENDED, True)
    return view


def asks_by_itself(app: Flask, endpoint: str | None) -> bool:
    """Whether nobody needs to be at the desk for a request to this endpoint."""
    return endpoint is not None and getattr(app.view_functions.get(endpoint), _UNATTENDED, False)


def anyone(actor: Any) -> bool:
    """Also those who are not signed in."""
    return True


def impersonal(actor: Any) -> bool:
    """Anyone, and nobody is asked who they are: no session is read, no cookie set. Feeds, files of our own, health."""
    return True


def signed_in(actor: Any) -> bool:
    """Whoever is signed in."""
    return bool(actor.is_authenticated)


def declared_rule(app: Flask, endpoint: str) -> Rule | None:
    """The rule that the view behind an endpoint declared, or None when it declared none."""
    return getattr(app.view_functions[endpoint], _MARK, None)


def deny_by_default() -> ResponseReturnValue | None:
    """Before each request: a view without a declared rule, or a rule that says no, is refused."""
    if request.endpoint is None:
        return None
    rule = declared_rule(current_app, request.endpoint)
    if rule is None:
        abort(403)
    if rule(current_user):
        return None
    if current_user.is_authenticated:
        abort(403)
    return sign_in_first()
