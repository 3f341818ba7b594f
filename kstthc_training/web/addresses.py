"""Parts of addresses that are more than a number."""

from flask import Flask
from werkzeug.routing import BaseConverter


class EventCodeConverter(BaseConverter):
    """The number of an event in an address: `/hop/<event_code:code>` takes `2026-118`."""

    regex = r"[12][0-9]{3}-[1-9][0-9]{0,5}"


def mount_addresses(app: Flask) -> None:
    """Let routes use `event_code`."""
    app.url_map.converters["event_code"] = EventCodeConverter
