"""One commit, in one place; time read, words spoken and letters sent where they belong."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "kstthc_training"


def calls(path: Path) -> list[tuple[str, int]]:
    """The attribute calls of a file: their names and lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.func.attr, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def files_of(*names: str) -> list[Path]:
    """The files of the package whose path has one of `names` as a part."""
    return [p for p in sorted(PACKAGE.rglob("*.py")) if set(names) & {*p.relative_to(PACKAGE).parts, p.stem}]


def test_only_the_unit_of_work_commits():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "db.py"
        for name, line in calls(path)
        if name == "commit"
    ]
    assert found == []


def test_services_and_queries_are_told_the_time():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in files_of("service", "queries", "policy", "models", "notices", "documents")
        for name, line in calls(path)
        if name == "now" and "clock.now" in path.read_text(encoding="utf-8").splitlines()[line - 1]
    ]
    assert found == []


@pytest.mark.parametrize("room", ["service", "queries", "models", "policy"])
def test_no_words_for_people_below_the_forms(room):
    found = [str(path.relative_to(PACKAGE)) for path in files_of(room) if "gettext" in path.read_text(encoding="utf-8")]
    assert found == []
