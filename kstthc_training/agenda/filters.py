"""The filters of the agenda, read from the address and written back into it."""

from dataclasses import replace
from typing import Any

from flask import request, url_for

from kstthc_training.agenda.queries import Scope, Wanted
from kstthc_training.calendars import scopes as feeds
from kstthc_training.calendars.enums import FeedScope
from kstthc_training.events.enums import Audience
from kstthc_training.events.models import EventKind
from kstthc_training.web.addresses import asked_number


def wanted_by_address(kinds: list[EventKind]) -> Wanted:
    """The filters in the address; what it cannot mean is left out. All kinds is the same as none named."""
    known = {kind.code for kind in kinds}
    chosen = frozenset(code for code in request.args.getlist("loai") if code in known)
    scope = request.args.get("pham-vi", "")
    return Wanted(
        kinds=frozenset() if chosen == known else chosen,
        scope=Scope(scope) if scope in set(Scope) else Scope.ALL,
        venue_id=asked_number("dia-diem"),
        host_id=asked_number("chu-tri"),
    )


def parameters(wanted: Wanted) -> dict[str, Any]:
    """The filters as parameters of an address, only those that narrow."""
    values: dict[str, Any] = {}
    if wanted.kinds:
        values["loai"] = sorted(wanted.kinds)
    if wanted.scope is not Scope.ALL:
        values["pham-vi"] = wanted.scope.value
    if wanted.venue_id is not None:
        values["dia-diem"] = wanted.venue_id
    if wanted.host_id is not None:
        values["chu-tri"] = wanted.host_id
    return values


def feed_of(wanted: Wanted, kinds: list[EventKind]) -> str | None:
    """The name of the feed that holds what these filters show; None when they show everything, or what no feed holds."""
    ids = {kind.code: str(kind.id) for kind in kinds}
    held = [feeds.Scope(FeedScope.KIND, ids[code]) for code in wanted.kinds]
    held += [feeds.Scope(FeedScope.ROOM, str(wanted.venue_id))] if wanted.venue_id else []
    held += [feeds.Scope(FeedScope.HOST, str(wanted.host_id))] if wanted.host_id else []
    if wanted.scope is not Scope.ALL:
        held.append({Scope.PRESS: feeds.Scope(FeedScope.AUDIENCE, Audience.PRESS.value)}.get(wanted.scope, feeds.MINE))
    return held[0].name if len(held) == 1 else None


def address(endpoint: str, wanted: Wanted, **parts: Any) -> str:
    """An address of the agenda that keeps the filters."""
    return url_for(endpoint, **parts, **parameters(wanted))


def with_kind(endpoint: str, wanted: Wanted, code: str, **parts: Any) -> str:
    """The same address showing one kind alone, or all when `code` is empty."""
    return address(endpoint, replace(wanted, kinds=frozenset({code} if code else ())), **parts)
