"""The import contracts hold, and each of them catches a violation planted in a copy of the package."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "The map": ("organisations/models.py", "from kstthc_training.events import models as above"),
    "Inside a feature": ("events/models.py", "from kstthc_training.events import queries as above"),
    "HTTP stops at the routes": ("events/queries.py", "import flask"),
    "Only routes read forms": ("attendance/service/marking.py", "from kstthc_training.attendance import forms"),
}


def test_no_feature_is_left_out_of_what_holds_inside_a_feature():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (inside,) = (contract for contract in contracts if contract["name"].startswith("Inside a feature"))
    features = {f"kstthc_training.{path.parent.name}" for path in (ROOT / "kstthc_training").glob("*/__init__.py")}
    assert "kstthc_training.events" in features
    assert set(inside["containers"]) == features


@pytest.mark.parametrize(("name", "planted"), PLANTED.items())
def test_a_planted_violation_is_caught(tmp_path, name, planted):
    place, line = planted
    shutil.copytree(ROOT / "kstthc_training", tmp_path / "kstthc_training", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "kstthc_training" / place
    target.write_text(f"{target.read_text(encoding='utf-8')}\n{line}  # noqa\n", encoding="utf-8")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    broken = [row for row in done.stdout.splitlines() if " BROKEN" in row]
    assert any(row.startswith(name) for row in broken), done.stdout + done.stderr
