"""Settings of an installation, and what production refuses."""

import logging
import os
import stat

import pytest

from kstthc_training import config
from kstthc_training.application import create_app
from kstthc_training.config import SettingsRefused
from tests.support.databases import settings_for

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 40,
    "PUBLIC_URL": "https://lich.example",
    "SETTINGS_FILE": os.devnull,
}


def load(tmp_path, **values):
    return config.load({"DATA_DIR": str(tmp_path), "SETTINGS_FILE": os.devnull, **values})


def test_defaults_are_those_of_one_machine(tmp_path):
    settings = load(tmp_path)
    assert (settings.host, settings.port, settings.production) == ("127.0.0.1", 8000, False)
    assert settings.database_url.startswith("sqlite:///")
    assert settings.public_url == "http://127.0.0.1:8000"


def test_a_development_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first, second = load(tmp_path), load(tmp_path)
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_the_folder_of_the_data_is_made_for_its_owner_alone(tmp_path):
    by_key, by_application = tmp_path / "one" / "data", tmp_path / "two" / "data"
    config.load({"DATA_DIR": str(by_key), "SETTINGS_FILE": os.devnull})
    create_app(settings_for(by_application))
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (by_key, by_application)] == [0o700, 0o700]


def test_the_file_is_read_and_the_environment_wins(tmp_path):
    file = tmp_path / "settings.env"
    file.write_text("# chú thích\nPORT=9001\nMAIL_FROM='lich@vp.example'\n", encoding="utf-8")
    settings = load(tmp_path, SETTINGS_FILE=str(file), PORT="9002")
    assert (settings.port, settings.mail_from) == (9002, "lich@vp.example")


@pytest.mark.parametrize(
    "values",
    [
        *({"PORT": port} for port in ("x", "0", "70000", "²")),
        {"SMTP_SECURITY": "x"},
        {"ENVIRONMENT": "x"},
        {"LOG_LEVEL": "debug"},
        {"LOG_LEVEL": "ALL"},
        {"DEBUG": "yes"},
    ],
)
def test_a_value_that_cannot_be_is_named(tmp_path, values):
    with pytest.raises(SettingsRefused, match=next(iter(values))):
        load(tmp_path, **values)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_every_level_of_the_log_is_one_that_logging_knows(tmp_path, level):
    assert getattr(logging, load(tmp_path, LOG_LEVEL=level).log_level) > 0


def test_a_line_that_is_no_setting_is_named(tmp_path):
    file = tmp_path / "settings.env"
    file.write_text("PORT=1\nnonsense\n", encoding="utf-8")
    with pytest.raises(SettingsRefused, match="2"):
        load(tmp_path, SETTINGS_FILE=str(file))


def test_production_starts_with_strong_settings(tmp_path):
    settings = load(tmp_path, **GOOD)
    assert settings.production
    assert settings.secure_cookies


@pytest.mark.parametrize(
    ("weak", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"PUBLIC_URL": "http://lich.example"}, "PUBLIC_URL"),
    ],
)
def test_production_refuses_weak_settings(tmp_path, weak, named):
    with pytest.raises(SettingsRefused, match=named):
        load(tmp_path, **{**GOOD, **weak})
