"""By what somebody is known in texts, and texts without it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kstthc_training.audit.words import ERASED
from kstthc_training.text import phone_digits, shown_phone


@dataclass(frozen=True)
class Identity:
    """The words that mean one person and nobody else: his name where no other name holds it, addresses and number where
    nobody shares them. `full_name` is the name even where others bear it, for rows that are about him."""

    full_name: str
    names: tuple[str, ...]
    contacts: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All that may be looked for in any text."""
        return (*self.names, *self.contacts)

    def without(self, text: str, *, about_him: bool = False) -> str:
        """A text with the person taken out: a plain mark for the name, nothing for addresses and numbers."""
        names = {*self.names, self.full_name} if about_him else self.names
        for name in names:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", ERASED, text)
        for contact in self.contacts:
            text = re.sub(rf"(?<!\w){re.escape(contact)}(?!\w)", "", text, flags=re.IGNORECASE)
        return text

    def out_of(self, value: Any, *, about_him: bool = False) -> Any:
        """JSON with the person taken out of every text; what is about him loses the reasons that were typed too."""
        if isinstance(value, str):
            return self.without(value, about_him=about_him)
        if isinstance(value, list):
            return [self.out_of(each, about_him=about_him) for each in value]
        if isinstance(value, dict):
            return {
                key: "" if about_him and key == "reason" and each else self.out_of(each, about_him=about_him)
                for key, each in value.items()
            }
        return value


def contacts_of(phones: Iterable[str], addresses: Iterable[str]) -> tuple[str, ...]:
    """Numbers in each way of writing them, and addresses; what is empty left out."""
    written = [form for phone in phones if phone for form in (phone, phone_digits(phone), shown_phone(phone))]
    return tuple(dict.fromkeys(each for each in (*written, *addresses) if each))
