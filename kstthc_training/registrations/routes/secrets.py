"""What pages share whose address is a secret: wrong ones are counted, dead ones say so, and none is told to others."""

from typing import NoReturn

from flask import Response, abort, make_response, render_template

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import client_address
from kstthc_training.people.service import attempts


def refuse_wrong_secret() -> None:
    """Count an address that opens nothing by where it was asked from; raises `TooManyAttempts` after many."""
    with unit_of_work():
        wait = attempts.count_wrong_secret(address=client_address(), now=clock.now())
    attempts.refuse_over(wait)


def over_page(words: str) -> NoReturn:
    """Answer that a link once opened something and does no more, and why (410)."""
    abort(without_referer(make_response(render_template("registrations/link_over.html", words=words), 410)))


def without_referer(answer: Response) -> Response:
    """The address is a secret: other requests learn the origin at most, which the check of forms over TLS asks for."""
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
