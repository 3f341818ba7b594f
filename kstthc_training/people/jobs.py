"""What the worker does for accounts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kstthc_training.db import unit_of_work
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.service import attempts, links, sign_ins

TIDY = "people.tidy"


def answer_link_request(payload: Mapping[str, Any], now: datetime) -> None:
    """Post the link that somebody asked for at the sign-in page."""
    with unit_of_work():
        links.answer_request(
            account_id=payload["account_id"], purpose=LinkPurpose(payload["purpose"]), key=payload["key"], now=now
        )


def tidy(payload: Mapping[str, Any], now: datetime) -> None:
    """Remove counts of attempts, sign-ins and links that are over."""
    with unit_of_work():
        attempts.forget_old(now=now)
        sign_ins.forget_expired(now=now)
        links.forget_old_links(now=now)
