"""How much may be sent: files up to the limit of uploads, everything else far less."""

from flask import Flask, current_app, request


def limit_what_is_no_file() -> None:
    """Before each request: a form without files is read whole into memory, so it has the small limit (413 beyond it)."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def mount_limits(app: Flask) -> None:
    """Limit every request."""
    app.before_request(limit_what_is_no_file)
