"""What browsers load is ours: sums that hold, no outside origin, nothing inline that the security policy would refuse."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"

CHECKSUMS = dict(
    reversed(line.split("  ", 1)) for line in (STATIC / "vendor" / "CHECKSUMS").read_text().splitlines() if line.strip()
)
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")

IN_STYLE = {
    "@import": re.compile(r"@import"),
    "an address that is not an own font": re.compile(r"url\((?!\.\./fonts/[\w-]+\.woff2\))"),
    "an outside address": re.compile(r"https?:|(?<![:\w])//\w"),
    "a script in disguise": re.compile(r"expression\(|javascript:"),
}
IN_SCRIPT = {
    "an outside address": re.compile(r"['\"`](?:https?:|wss?:)?//"),
    "code made of text": re.compile(r"\beval\(|new Function\(|\.constructor\(|set(?:Timeout|Interval)\(\s*['\"`]"),
    "a style written as text": re.compile(r"setAttribute\(\s*['\"]style|cssText"),
}
IN_TEMPLATE = {
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a script as an address": re.compile(r"javascript:", re.I),
    "something loaded from outside": re.compile(
        r"(?:src|srcset|action|formaction|poster|hx-(?:get|post))\s*=\s*[\"']\s*(?:https?:)?//|<link[^>]*https?://", re.I
    ),
    "htmx that makes code of text": re.compile(r"hx-on[:=-]|hx-(?:vals|headers|vars)\s*=\s*[\"']\s*js(?:avascript)?:", re.I),
    "an htmx trigger with a condition in brackets": re.compile(r"hx-trigger\s*=\s*[\"'][^\"']*\[", re.I),
}


def offences(text: str, rules: dict[str, re.Pattern[str]]) -> list[str]:
    """The names of the rules that a text breaks."""
    return [name for name, rule in rules.items() if rule.search(text)]


def own_text(path: Path) -> str:
    """A file without what may stand there: namespaces of SVG, and comments of the template language."""
    text = path.read_text(encoding="utf-8")
    for name in NAMESPACES:
        text = text.replace(name, "")
    return re.sub(r"\{#.*?#\}", "", text, flags=re.S)


def found(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if "vendor" not in path.parts)


@pytest.mark.parametrize("name", CHECKSUMS)
def test_file_of_others_is_the_one_we_took(name: str) -> None:
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == CHECKSUMS[name]


def test_htmx_is_the_published_release() -> None:
    published = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
    assert CHECKSUMS["static/vendor/htmx.min.js"] == published


def test_every_file_of_others_has_a_sum_and_a_licence_beside_it() -> None:
    folders = (STATIC / "vendor", STATIC / "fonts", STATIC / "fonts" / "documents")
    there = {str(p.relative_to(ROOT)) for folder in folders for p in folder.iterdir() if p.is_file()}
    assert there - {"static/vendor/CHECKSUMS"} - set(CHECKSUMS) == set()
    for folder in {(ROOT / name).parent for name in CHECKSUMS}:
        assert [p.name for p in folder.iterdir() if "LICENSE" in p.name or p.name == "OFL.txt"], folder


@pytest.mark.parametrize("path", found(STATIC, "*.css"), ids=lambda p: p.name)
def test_style_sheet_stays_at_home(path: Path) -> None:
    assert offences(own_text(path), IN_STYLE) == []


def test_style_sheet_names_fonts_that_are_there() -> None:
    named = set(re.findall(r"url\(\.\./fonts/([^)]+)\)", (STATIC / "css" / "app.css").read_text()))
    assert named == {p.name for p in (STATIC / "fonts").glob("*.woff2")}


@pytest.mark.parametrize("path", found(STATIC, "*.js"), ids=lambda p: p.name)
def test_script_stays_at_home_and_makes_no_code(path: Path) -> None:
    assert offences(own_text(path), IN_SCRIPT) == []


@pytest.mark.parametrize("path", found(TEMPLATES, "*.html"), ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_template_holds_nothing_the_policy_refuses(path: Path) -> None:
    assert offences(own_text(path), IN_TEMPLATE) == []


@pytest.mark.parametrize("path", found(STATIC, "*.svg"), ids=lambda p: p.name)
def test_drawing_holds_nothing_but_itself(path: Path) -> None:
    assert offences(own_text(path), {**IN_TEMPLATE, "a link": re.compile(r"href|<foreignObject", re.I)}) == []


def test_every_drawing_named_by_a_template_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="i-([\w-]+)"', (TEMPLATES / "ui" / "icons.html").read_text()))
    asked = {
        (str(path.relative_to(TEMPLATES)), name)
        for path in found(TEMPLATES, "*.html")
        for name in re.findall(r"(?:icon|empty)\(\s*'([\w-]+)'|drawing='([\w-]+)'", path.read_text(encoding="utf-8"))
        for name in name
        if name
    }
    assert {(where, name) for where, name in asked if name not in drawn} == set()


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ('<p onclick="go()">', "a handler"),
        ("<p\n  style='color:red'>", "a style attribute"),
        ("<script>go()</script>", "a script without a file"),
        ("<style>p{}</style>", "a style element"),
        ('<a href="javascript:go()">', "a script as an address"),
        ('<img src="//cdn.example/a.png">', "something loaded from outside"),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', "something loaded from outside"),
        ('<p hx-on:click="go()">', "htmx that makes code of text"),
        ("<p hx-vals='js:{a: 1}'>", "htmx that makes code of text"),
        ('<p hx-trigger="click[ctrlKey]">', "an htmx trigger with a condition in brackets"),
    ],
)
def test_planted_offence_in_a_template_is_named(text: str, offence: str) -> None:
    assert offences(text, IN_TEMPLATE) == [offence]


@pytest.mark.parametrize(
    ("text", "rules", "offence"),
    [
        ("@import 'a.css';", IN_STYLE, "@import"),
        ("p{background:url(data:image/png;base64,A)}", IN_STYLE, "an address that is not an own font"),
        ("/* see https://example.org */", IN_STYLE, "an outside address"),
        ("fetch('https://example.org')", IN_SCRIPT, "an outside address"),
        ("eval(text)", IN_SCRIPT, "code made of text"),
        ("p.style.cssText = text", IN_SCRIPT, "a style written as text"),
    ],
)
def test_planted_offence_in_a_sheet_or_script_is_named(text: str, rules: dict[str, re.Pattern[str]], offence: str) -> None:
    assert offences(text, rules) == [offence]
