"""A page, or the part of it that htmx asks for: one function, one template, the same address."""

from collections.abc import Iterable
from typing import Any

from flask import Response, current_app, make_response, render_template, request

from kstthc_training.web.answers import asked_by_htmx


def page(template: str, *, fragments: Iterable[str] = (), status: int = 200, **context: Any) -> Response:
    """Render `template`, or only its block named as htmx's target when `fragments` lists it.

    The block's name, the element's id and the target are one word with dashes as underscores; the fragment is a
    verbatim slice of the page.
    """
    wanted = _wanted_fragment(fragments)
    body = render_fragment(template, wanted, **context) if wanted else render_template(template, **context)
    answer = make_response(body, status)
    answer.headers.add("Vary", "HX-Request, HX-Request-Type, HX-Target, Cookie")
    return answer


def render_fragment(template: str, block: str, **context: Any) -> str:
    """One block of a template as text, with the same context as the whole page."""
    current_app.update_template_context(context)
    loaded = current_app.jinja_env.get_template(template)
    parts = loaded.blocks[block](loaded.new_context(context))
    return "".join(parts)


def _wanted_fragment(fragments: Iterable[str]) -> str | None:
    if not asked_by_htmx():
        return None
    target = request.headers.get("HX-Target", "").rpartition("#")[2].replace("-", "_")
    return target if target in set(fragments) else None
