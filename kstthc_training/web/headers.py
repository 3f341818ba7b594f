"""Headers that every answer bears, whatever its status."""

from flask import Flask, Response, current_app, g

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

_CLOSED = "microphone=(), geolocation=(), payment=()"


def let_camera(answer: Response) -> Response:
    """Let this one page, and none that it would hold, ask for the camera (W3C Permissions Policy, 5.2)."""
    answer.headers["Permissions-Policy"] = f"camera=(self), {_CLOSED}"
    return answer


def guard(answer: Response) -> Response:
    """Add the content security policy and its companions; pages with data of people are never kept by a cache."""
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", f"camera=(), {_CLOSED}")
    headers.setdefault("Cache-Control", "private, no-store")
    if current_app.config["SECURE_COOKIES"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    headers["X-Request-Id"] = g.get("request_id", "")
    return answer


def mount_headers(app: Flask) -> None:
    """Guard every answer of the application."""
    app.after_request(guard)
