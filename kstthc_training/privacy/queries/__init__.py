"""Looking up what is kept of somebody, and who asked that it be erased."""

from kstthc_training.privacy.queries.kept import Kept, kept_of
from kstthc_training.privacy.queries.requests import (
    RequestCounts,
    RequestRow,
    count_requests,
    find_open_request,
    get_request,
    requests,
)

__all__ = [
    "Kept",
    "RequestCounts",
    "RequestRow",
    "count_requests",
    "find_open_request",
    "get_request",
    "kept_of",
    "requests",
]
