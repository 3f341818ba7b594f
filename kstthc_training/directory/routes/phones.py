"""How much of a telephone number a reader of the directory sees."""

from kstthc_training.people.identity import me
from kstthc_training.people.policy import keeps_directory
from kstthc_training.text import masked_phone, shown_phone


def phone_shown(phone: str) -> str:
    """The whole number for those who keep the directory, a masked one for those who only read it."""
    return shown_phone(phone) if keeps_directory(me()) else masked_phone(phone)
