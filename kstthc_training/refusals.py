"""What a service says when something may not happen: typed, with facts; the words are the form's or the page's."""

from typing import Any


class Refusal(Exception):
    """An act was refused by a rule; `facts` are the values that a sentence about it needs."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(type(self).__name__, facts)
        self.facts = facts


class Unknown(Refusal):
    """There is no such thing, or whoever asks may not know that there is: answered with 404."""


class NotAllowed(Refusal):
    """The thing is known to whoever asks, but this is not theirs to do: answered with 403."""


class Stale(Refusal):
    """Somebody else saved in the meantime; `saved_version` is the version now in the database."""
