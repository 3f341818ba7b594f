"""Secrets of one-time links: derived from the key outside the database, so that reading the database opens nothing."""

from kstthc_training import ids
from kstthc_training.config import Config
from kstthc_training.people.enums import LinkPurpose


def link_secret(key: bytes, *, link_id: int, purpose: LinkPurpose) -> str:
    """The part of the address after `/vao/`: the link's number and 160 bits that only the key can make."""
    return ids.address_secret(key, purpose=f"link:{purpose.value}", owner=link_id, generation=1)


def link_address(settings: Config, *, link_id: int, purpose: LinkPurpose) -> str:
    """The whole address of a one-time link, as it is sent by mail."""
    return f"{settings.public_url}/vao/{link_secret(settings.key, link_id=link_id, purpose=purpose)}"
