"""An empty sheet of official paper: page, styles, numbers and properties set, nothing written yet."""

from datetime import datetime
from typing import Any

import docx

from kstthc_training.paper.packing import describe, drop_unwanted_parts, install_settings
from kstthc_training.paper.page import number_pages, shape_page
from kstthc_training.paper.styles import install_styles


def blank_document(*, title: str, author: str, made_at: datetime, landscape: bool = False, body_line: float) -> Any:
    """A document without a word in it; `made_at` (aware) becomes the date of the file's properties."""
    document: Any = docx.Document()
    drop_unwanted_parts(document)
    install_settings(document.settings)
    install_styles(document.styles, body_line=body_line)
    section = document.sections[0]
    shape_page(section, landscape=landscape)
    number_pages(section)
    describe(document.core_properties, title=title, author=author, made_at=made_at)
    return document
