"""Files on their way out: always as attachments under the right name, never as something a browser would run."""

import unicodedata
from pathlib import Path
from urllib.parse import quote

from flask import Response, make_response, request, send_file

from kstthc_training import text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv; charset=utf-8"

_SANDBOX = "default-src 'none'; sandbox"


def made(body: bytes, *, name: str, media_type: str) -> Response:
    """An answer with bytes made for this request, saved under `name` (Vietnamese in NFC, RFC 6266 and 8187)."""
    answer = make_response(body)
    answer.headers["Content-Type"] = media_type
    answer.headers.set("Content-Disposition", "attachment", **_names(_safe_name(name)))
    answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


def stored(path: Path, *, name: str, media_type: str, etag: str) -> Response:
    """An answer with a stored file: one range of octets (RFC 9110, 14) and conditional requests by its hash."""
    _ignore_other_ranges()
    answer = send_file(
        path,
        mimetype=media_type,
        as_attachment=True,
        download_name=_safe_name(name),
        conditional=True,
        etag=etag,
        max_age=0,
    )
    answer.headers["Content-Security-Policy"] = _SANDBOX
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _ignore_other_ranges() -> None:
    """Ranges in units of others, that cannot be read, or several at once are answered with the whole (RFC 9110, 14.2)."""
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        request.environ.pop("HTTP_RANGE", None)


def _names(name: str) -> dict[str, str]:
    if name.isascii():
        return {"filename": name}
    plain = text.fold(name)
    return {"filename": plain if plain.isascii() else "tep", "filename*": f"UTF-8''{quote(name, safe='')}"}


def _safe_name(name: str) -> str:
    cleaned = unicodedata.normalize("NFC", text.clean_line(name))
    return "".join("-" if c in '/\\:*?"<>|' else c for c in cleaned)[:150] or "tep"
