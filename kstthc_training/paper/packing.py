"""The file itself: what a document of ours needs and no more, the same bytes for the same content."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kstthc_training.paper.characters import printable
from kstthc_training.paper.styles import LANGUAGE

# Parts of the library's template that speak of other fonts, other languages or nothing.
_UNWANTED = (
    "stylesWithEffects", "webSettings", "fontTable", "theme", "customXml", "numbering",
    "thumbnail", "extended-properties",
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can hold
_LONGEST_PROPERTY = 255


def drop_unwanted_parts(document: Any) -> None:
    """Remove the template's parts that the layout does not use."""
    for relationships in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relationships.items() if relation.reltype.endswith(_UNWANTED)]:
            del relationships[key]


def install_settings(settings: Any) -> None:
    """Compatibility mode 15, Vietnamese, and nothing of the template's."""
    element = settings.element
    for child in list(element):
        element.remove(child)
    word = "http://schemas.microsoft.com/office/word"
    for xml in (
        f'<w:zoom {nsdecls("w")} w:percent="100"/>',
        f'<w:defaultTabStop {nsdecls("w")} w:val="720"/>',
        f'<w:characterSpacingControl {nsdecls("w")} w:val="doNotCompress"/>',
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>',
        f'<w:themeFontLang {nsdecls("w")} w:val="{LANGUAGE}"/>',
    ):
        element.append(parse_xml(xml))


def describe(properties: Any, *, title: str, author: str, made_at: datetime) -> None:
    """Set the properties a file manager shows; the instant must be aware."""
    instant = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = printable(title)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = printable(author)[:_LONGEST_PROPERTY]
    properties.created = properties.modified = instant
    properties.language = LANGUAGE
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1


def packed(document: Any) -> bytes:
    """The bytes of the DOCX, entries in one order with one time."""
    drawn = io.BytesIO()
    document.save(drawn)
    again = io.BytesIO()
    with zipfile.ZipFile(drawn) as given, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(given.namelist()):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            out.writestr(entry, given.read(name))
    return again.getvalue()
