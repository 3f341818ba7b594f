"""What is typed into a search box for people, as conditions: every word, without regard to accents and case."""

from sqlalchemy import ColumnElement

from kstthc_training.people.models import Person
from kstthc_training.text import phone_digits, search_words


def words_of(search: str) -> list[str]:
    """The folded words of a search; a phone number, however it is written, is one."""
    number = phone_digits(search)
    return [number] if number else search_words(search)


def is_about(word: str) -> ColumnElement[bool]:
    """A word stands in a person's name, title, e-mail address or phone number."""
    return Person.search_text.contains(word, autoescape=True)
