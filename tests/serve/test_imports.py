"""What each process carries: memory and time to start are spent where they are needed."""

import subprocess
import sys

from tests.serve.product import ROOT

HEAVY = ("alembic", "docx", "flask_migrate", "fontTools", "lxml", "python_calamine", "typst", "xlsxwriter")
OF_THE_APPLICATION = ("flask", "jinja2", "sqlalchemy", "werkzeug", "wtforms")


def loaded_by(module: str, of_interest: tuple[str, ...]) -> set[str]:
    """Which of these libraries a fresh process has loaded after importing a module."""
    words = f"import sys, {module}; print(*(name for name in {of_interest!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_process_that_answers_carries_no_library_that_only_some_pages_need() -> None:
    assert loaded_by("kstthc_training.application", (*HEAVY, "flask")) == {"flask"}


def test_first_process_carries_nothing_of_the_application() -> None:
    assert loaded_by("kstthc_training.serve.command", (*OF_THE_APPLICATION, *HEAVY, "granian")) == {"granian"}
