"""The texts of letters: a subject and a body in each language, in which fixed placeholders in braces stand for facts.

Plain replacement and no language of templates. What has nothing to say is left out: a line whose placeholder is empty,
and a paragraph of which no line with a placeholder is left. Values are words of people and mean nothing; only our own
mark stands for the link when a letter is sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kstthc_training.outbox.composing import LINK_MARK

LOCALES = ("vi", "en")
LINK = "lien_ket"  # the placeholder for which the outbox derives the address at sending
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Text:
    """The subject and the body of a letter, with placeholders before and without after they are filled."""

    subject: str
    body: str

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces."""
        return frozenset(_PLACEHOLDER.findall(f"{self.subject}\n{self.body}"))


# What the office words otherwise than the product does, by text and language.
Edited = Mapping[tuple[str, str], Text]


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """The text of one letter as the product words it, under a `name` of its own; `kind` is that of the letters.

    `also` are placeholders that have something to say here though the product's words do without them, `needed` those
    without which the letter fails its purpose.
    """

    name: str
    kind: str
    words: Mapping[str, Text]
    also: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """What may stand in it, in either language."""
        return frozenset(self.also).union(*(text.placeholders for text in self.words.values()))


def locale_of(asked: str) -> str:
    """The language a letter is written in: Vietnamese for whoever reads another than ours."""
    return asked if asked in LOCALES else LOCALES[0]


def written(letter: LetterText, *, locale: str, values: Mapping[str, str], edited: Edited) -> Text:
    """The letter's text in a language as the office words it, else as the product does, filled in."""
    locale = locale_of(locale)
    return filled(edited.get((letter.name, locale)) or letter.words[locale], values)


def filled(text: Text, values: Mapping[str, str]) -> Text:
    """A text with its placeholders replaced by `values`; an unknown one has nothing to say."""
    subject = " ".join(_replaced(text.subject, values).split())
    paragraphs = (_paragraph(each, values) for each in re.split(r"\n{2,}", text.body))
    return Text(subject, "\n\n".join(_replaced(each, values) for each in paragraphs if each))


def _paragraph(paragraph: str, values: Mapping[str, str]) -> str:
    """The lines of a paragraph that have something to say; none when its placeholders have nothing."""
    lines = [(line, _PLACEHOLDER.findall(line)) for line in paragraph.split("\n")]
    kept = [(line, names) for line, names in lines if all(values.get(name) for name in names)]
    if any(names for _line, names in lines) and not any(names for _line, names in kept):
        return ""
    return "\n".join(line for line, _names in kept)


def _replaced(line: str, values: Mapping[str, str]) -> str:
    around = line.split(f"{{{LINK}}}") if values.get(LINK) == LINK_MARK else [line]
    return LINK_MARK.join(unmarked(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), part)) for part in around)


def unmarked(words: str) -> str:
    """Words in which nothing can be taken for our mark."""
    return re.sub(r"\{(?=\{)", "{ ", words)
