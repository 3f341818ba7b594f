"""The top bar and the phone's tab bar, by what the reader may open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class Destination:
    """A place of the product: where, what it is called, who sees it, and the blueprints or endpoints that belong to it."""

    endpoint: str
    label: Any
    icon: str
    rule: Callable[[Any], bool]
    places: frozenset[str]
    on_phone: bool = True


def offered(*, phone: bool = False) -> list[dict[str, Any]]:
    """The destinations open to the reader, each with label, href, icon and whether it is the present one."""
    destinations: Sequence[Destination] = current_app.config["DESTINATIONS"]
    here = _here(destinations)
    return [
        {"label": str(d.label), "href": url_for(d.endpoint), "icon": d.icon, "current": here in d.places}
        for d in destinations
        if d.rule(current_user) and (d.on_phone or not phone)
    ]


def _here(destinations: Sequence[Destination]) -> str | None:
    """The present endpoint when a destination names it, else its blueprint."""
    named = any(request.endpoint in d.places for d in destinations)
    return request.endpoint if named else request.blueprint
