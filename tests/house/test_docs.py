"""What the documents name is there: every file, and every test of a file."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASES = (ROOT, ROOT / "kstthc_training", ROOT / "templates", ROOT / "docs")
FOLDERS = ("bench", "docs", "kstthc_training", "migrations", "scripts", "static", "templates", "tests")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ENDINGS = "css|env|html|ics|in|ini|js|mako|md|py|toml|ttf|txt"
# A path below a folder of ours, or one that ends as our files do, with the test it may name; none that begins elsewhere.
NAMED = re.compile(
    rf"(?<![\w/.~…:{{}}-])((?:(?:{'|'.join(FOLDERS)})/[\w./*-]*[\w*/])|(?:[\w-]+/)+[\w.-]+\.(?:{ENDINGS})\b)(?:::(\w+))?"
)


def missing_from(words: str) -> list[str]:
    """The paths and tests that `words` names and that are not there."""
    named = {(match[1], match[2]) for match in NAMED.finditer(words)}
    return sorted(f"{path}::{test}" if test else path for path, test in named if not _is_there(path, test))


def _is_there(path: str, test: str | None) -> bool:
    found = [place for base in BASES for place in base.glob(path)]
    return bool(found) if test is None else any(f"def {test}(" in place.read_text(encoding="utf-8") for place in found)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_and_test_a_document_names_is_there(document):
    assert missing_from(document.read_text(encoding="utf-8")) == []


def test_a_path_or_test_that_is_gone_is_noticed():
    words = (
        "`tests/house/test_docs.py::test_a_path_or_test_that_is_gone_is_noticed`, `templates/ui/*.html`, web/headers.py, "
        "`tests/house/test_docs.py::test_gone`, [x](docs/gone.md), `static/gone/`, web/gone.py, /srv/data/gone.py"
    )
    assert missing_from(words) == ["docs/gone.md", "static/gone/", "tests/house/test_docs.py::test_gone", "web/gone.py"]
