"""The English catalogue says everything that the source says, fits the source word for word, and is compiled."""

import io
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "kstthc_training" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
LAZY = {"lazy_gettext": None, "_l": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
PRONOUN = re.compile(r"\b(anh/chị|quý vị|bạn|cô/chú)\b", re.IGNORECASE)
FILLED_IN = re.compile(r"%\(\w+\)[sd]|%%|\{\{?\w*\}?\}")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def forms(text: object) -> tuple[str, ...]:
    """A message's words, one for each grammatical number."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def fault(message: Message) -> str:
    """What is wrong with a translation, or nothing."""
    sources, translations = forms(message.id), forms(message.string)
    if message.fuzzy:
        return "fuzzy"
    if len(sources) != len(translations) or not all(translations):
        return "missing"
    for source, translation in zip(sources, translations, strict=True):
        if sorted(FILLED_IN.findall(source)) != sorted(FILLED_IN.findall(translation)):
            return "other placeholders"
        if (source[:1].isspace(), source[-1:].isspace()) != (translation[:1].isspace(), translation[-1:].isspace()):
            return "other space at the ends"
    return ""


def lacking(catalogue: Catalog, template: Catalog) -> list[object]:
    """The messages of the source that a catalogue does not hold, or holds with another number of forms."""
    return [message.id for message in template if message.id and not holds(catalogue, message)]


def holds(catalogue: Catalog, message: Message) -> bool:
    known = catalogue.get(forms(message.id)[0], message.context)
    return known is not None and forms(known.id) == forms(message.id)


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Catalog:
    """What the source says now, by the same script that developers run."""
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    subprocess.run([ROOT / "scripts" / "messages", template], check=True, capture_output=True, text=True)
    return read(template)


def test_screens_speak_to_their_reader_without_a_pronoun(collected):
    """Letters say Ông/Bà; a screen need not guess who reads it."""
    said = [source for message in collected for source in forms(message.id)]
    assert [source for source in said if PRONOUN.search(source)] == []


def test_every_message_of_the_source_is_in_the_catalogue(collected):
    assert len(collected) > 1000
    assert lacking(read(CATALOGUE), collected) == []


def test_every_message_of_the_catalogue_is_in_the_source(collected):
    assert lacking(collected, read(CATALOGUE)) == []


def test_no_message_stands_both_with_and_without_numbers():
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    numbers: dict[tuple[str | None, str], set[int]] = {}
    for *_, said, _comments, context in extract_from_dir(ROOT, methods, options, {**DEFAULT_KEYWORDS, **LAZY}):
        numbers.setdefault((context, forms(said)[0]), set()).add(len(forms(said)))
    assert len(numbers) > 1000
    assert [message for message, found in numbers.items() if len(found) > 1] == []


def test_every_message_is_translated_with_its_own_placeholders():
    assert {message.id: fault(message) for message in read(CATALOGUE) if message.id and fault(message)} == {}


def test_the_compiled_catalogue_is_the_written_one():
    compiled = io.BytesIO()
    write_mo(compiled, read(CATALOGUE))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make messages`"


@pytest.mark.parametrize(
    ("source", "translation", "flags", "said"),
    [
        ("Còn %(n)s chỗ", "%(n)s seats left", (), ""),
        ("Còn %(n)s chỗ", "", (), "missing"),
        ("Còn %(n)s chỗ", "%(n)s seats left", ("fuzzy",), "fuzzy"),
        ("Còn %(n)s chỗ", "%(number)s seats left", (), "other placeholders"),
        ("Mời mở {{link}}", "Please open {link}", (), "other placeholders"),
        (" và ", "and", (), "other space at the ends"),
        (("%(num)d buổi", "%(num)d buổi"), ("%(num)d session", "%(num)d sessions"), (), ""),
        (("%(num)d buổi", "%(num)d buổi"), ("%(num)d session", ""), (), "missing"),
        (("%(num)d buổi", "%(num)d buổi"), ("one session", "%(num)d sessions"), (), "other placeholders"),
    ],
)
def test_a_faulty_translation_is_noticed(source, translation, flags, said):
    assert fault(Message(source, translation, flags=flags)) == said


def test_a_message_that_the_catalogue_lacks_is_noticed():
    template, catalogue = Catalog(), Catalog(locale="en")
    for message in ("Lịch", ("%(num)d buổi", "%(num)d buổi")):
        template.add(message)
    catalogue.add("%(num)d buổi", "%(num)d sessions")
    assert lacking(catalogue, template) == ["Lịch", ("%(num)d buổi", "%(num)d buổi")]
