"""Static files under names that change with their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

_HASHES: dict[tuple[str, int], str] = {}


def static_url(path: str) -> str:
    """The address of a static file with its content's hash, e.g. `/static/css/app.css?v=3f2a…`."""
    from flask import current_app

    return url_for("static", filename=path, v=_content_hash(Path(str(current_app.static_folder)) / path))


def _content_hash(path: Path) -> str:
    key = (str(path), path.stat().st_mtime_ns)
    if key not in _HASHES:
        _HASHES[key] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return _HASHES[key]


def keep_static_files(answer: Response) -> Response:
    """A static file asked for by its hash is kept for a year; fonts, which style sheets name plainly, for a day."""
    if request.endpoint == "static" and answer.status_code in (200, 206, 304):
        answer.headers.pop("Set-Cookie", None)
        answer.cache_control.public = True
        answer.cache_control.no_cache = None
        answer.cache_control.max_age = 31536000 if "v" in request.args else 86400
        if "v" in request.args:
            answer.cache_control.immutable = True
    return answer


def mount_static(app: Flask) -> None:
    """Open static files to anyone; they hold nothing private."""
    from kstthc_training.web.access import access, impersonal

    app.view_functions["static"] = access(impersonal)(app.view_functions["static"])
