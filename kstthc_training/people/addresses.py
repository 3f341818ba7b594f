"""Addresses of one-time links, derived by the worker at the moment of sending."""

from collections.abc import Callable

from flask import current_app

from kstthc_training import clock
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.errors import LinkSpent
from kstthc_training.people.links import link_address
from kstthc_training.people.queries import is_link_usable


def _sign_in(link_id: int) -> str:
    return _address(link_id, LinkPurpose.SIGN_IN)


def _set_password(link_id: int) -> str:
    return _address(link_id, LinkPurpose.SET_PASSWORD)


def _address(link_id: int, purpose: LinkPurpose) -> str:
    if not is_link_usable(link_id, now=clock.now()):
        raise LinkSpent()
    return link_address(current_app.config["SETTINGS"], link_id=link_id, purpose=purpose)


# By the purpose of the link in a letter; a link that is used up or too old raises `LinkSpent`, and no letter goes out.
LINKS: dict[str, Callable[[int], str]] = {
    LinkPurpose.SIGN_IN.value: _sign_in,
    LinkPurpose.SET_PASSWORD.value: _set_password,
}
