"""How much of a telephone number somebody sees."""

from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import keeps_directory
from kstthc_training.text import masked_phone, shown_phone


def phone_for(actor: Actor, phone: str) -> str:
    """The whole number for those who keep the directory, a masked one for everyone else; on pages and in files."""
    return shown_phone(phone) if keeps_directory(actor) else masked_phone(phone)
