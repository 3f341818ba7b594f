"""Looking into a finished DOCX: its parts, its paragraphs, their measures."""

import io
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def parts(data: bytes) -> dict[str, bytes]:
    """The entries of the file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> Any:
    """The file as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def body(data: bytes) -> Any:
    """The body of the main part."""
    return etree.fromstring(parts(data)["word/document.xml"]).find("w:body", W)


def text(element: Any) -> str:
    """All text below an element."""
    return "".join(element.itertext(qn("w:t")))


def styled(root: Any, style: str) -> list[Any]:
    """The paragraphs of this style below an element, in order."""
    return root.xpath(f'.//w:p[w:pPr/w:pStyle/@w:val="{style}"]', namespaces=W)


def texts(root: Any, style: str) -> list[str]:
    """What the paragraphs of this style say."""
    return [text(paragraph) for paragraph in styled(root, style)]


def number(element: Any, path: str) -> int:
    """A whole number at a path that ends in an attribute."""
    (found,) = element.xpath(path, namespaces=W)
    return int(found)


def style_sheet(data: bytes) -> Any:
    """The root of the styles part."""
    return etree.fromstring(parts(data)["word/styles.xml"])
