"""What is typed into a search box for people, as conditions: every word, without regard to accents and case."""

from sqlalchemy import ColumnElement, func, or_

from kstthc_training.people.models import Person
from kstthc_training.text import fold

_MOST_WORDS = 8


def search_words(search: str) -> list[str]:
    """The folded words of a search; a phone number typed in groups is one."""
    words = fold(search).split()[:_MOST_WORDS]
    return ["".join(words)] if words and all(word.isdecimal() for word in words) else words


def is_about(word: str) -> ColumnElement[bool]:
    """A word stands in a person's name, e-mail address or phone number, however the number is written."""
    digits = func.replace(func.replace(Person.phone, " ", ""), ".", "")
    return or_(Person.search_text.contains(word, autoescape=True), digits.contains(word, autoescape=True))
