"""The filters of the agenda, read from the address and written back into it."""

from typing import Any

from flask import request, url_for

from kstthc_training.agenda.queries import Scope, Wanted
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
    return values


def address(endpoint: str, wanted: Wanted, **parts: Any) -> str:
    """An address of the agenda that keeps the filters."""
    return url_for(endpoint, **parts, **parameters(wanted))


def with_kind(endpoint: str, wanted: Wanted, code: str, **parts: Any) -> str:
    """The same address showing one kind alone, or all when `code` is empty."""
    return address(endpoint, Wanted(frozenset({code} if code else ()), wanted.scope, wanted.venue_id), **parts)
