"""How much of a telephone number a reader of the directory sees."""

from kstthc_training.people.identity import me
from kstthc_training.people.phones import phone_for


def phone_shown(phone: str) -> str:
    """The number as whoever asks may see it."""
    return phone_for(me(), phone)
