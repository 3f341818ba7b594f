"""The example of settings says the truth: every setting, and the value that holds when nothing is set."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kstthc_training import config

EXAMPLE = Path(__file__).resolve().parents[2] / "settings.example.env"


class Asked(Mapping[str, str]):
    """No settings at all, and a list of those that were looked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def uncommented() -> str:
    return re.sub(r"^#(?=[A-Z_]+=)", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_example_names_every_setting_once() -> None:
    asked = Asked()
    config._from_values(asked)

    assert sorted(re.findall(r"^([A-Z_]+)=", uncommented(), re.MULTILINE)) == sorted(asked.names)


def test_example_shows_the_values_that_hold_when_nothing_is_set(tmp_path: Path) -> None:
    (tmp_path / "all.env").write_text(uncommented(), encoding="utf-8")

    assert config.load({"SETTINGS_FILE": "all.env"}) == config.load({})


def test_example_as_it_is_sets_nothing() -> None:
    assert config.load({"SETTINGS_FILE": str(EXAMPLE)}) == config.load({})
