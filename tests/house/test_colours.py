"""Every pair of colours that carries words or borders can be told apart, in the light and in the dark (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "static" / "css" / "app.css").read_text(encoding="utf-8")

TEXT, BORDER = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
FAMILIES = ("t-hb", "t-h", "t-hn", "t-th")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "accent") for ground in ("surface", "bg", "sunk", "hover")),
    ("ink-on", "accent", TEXT),
    ("ink-on", "accent-2", TEXT),
    ("ink-on", "bad-solid", TEXT),
    ("ink-on", "ok-solid", TEXT),
    ("accent-ink", "accent-soft", TEXT),
    ("ink-2", "accent-soft", TEXT),
    *((tone, f"{tone}-soft", TEXT) for tone in ("ok", "warn", "bad", "info", "mute")),
    *((tone, ground, TEXT) for tone in ("ok", "warn", "bad") for ground in ("surface", "bg")),
    *((family, ground, TEXT) for family in FAMILIES for ground in ("surface", "hover")),
    ("field", "surface", BORDER),
    ("field", "bg", BORDER),
    ("bad-solid", "surface", BORDER),
    ("ok-solid", "surface", BORDER),
    ("top-ink", "top", TEXT),
    ("top-2", "top", TEXT),
    ("top-ink", "top-hover", TEXT),
    ("focus-ink", "focus", TEXT),
]


def block(opening: str) -> str:
    """The declarations of the first rule that begins with `opening`."""
    start = SHEET.index(opening) + len(opening)
    return SHEET[start : SHEET.index("}", start)]


def colours(declarations: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", declarations))


LIGHT = colours(block(":root{"))
DARK = {**LIGHT, **colours(block("[data-theme=dark]{"))}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, definition)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_pair_is_told_apart_in_both_themes(ink: str, ground: str, least: float) -> None:
    assert contrast(LIGHT[ink], LIGHT[ground]) >= least
    assert contrast(DARK[ink], DARK[ground]) >= least


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_chosen_dark_and_dark_of_the_device_are_the_same() -> None:
    assert block("[data-theme=dark]{") == block(":root:not([data-theme=light]){")
