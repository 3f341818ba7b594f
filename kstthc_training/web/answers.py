"""Answers that any view may give: on to another page, or to the sign-in first."""

from flask import Response, current_app, make_response, redirect, request, url_for


def see_other(address: str) -> Response:
    """303: what was posted is done, look here; a reload repeats nothing."""
    return make_response(redirect(address, code=303))


def asked_by_htmx() -> bool:
    """Whether htmx asked for a part of a page; after a lost history entry it asks for the whole."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def sign_in_first() -> Response:
    """Send whoever is not signed in to the sign-in page, and back afterwards when the page can be asked for again."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" and not asked_by_htmx() else None
    address = url_for(current_app.config["SIGN_IN_ENDPOINT"], next=wanted)
    if not asked_by_htmx():
        return see_other(address)
    answer = make_response("", 401)
    answer.headers["HX-Redirect"] = address
    return answer


def own_path(address: str | None) -> str | None:
    """`address` when it is a path of this very server, else None: nobody is sent elsewhere after signing in."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return address if all(ord(c) > 31 for c in address) else None
