"""The text of a letter as HTML: paragraphs, links, and one button; nothing in it that people wrote means anything."""

import re
from html import escape

LINK_MARK = "{{link}}"
_LONGEST_NAME = 60
_OPEN = {"vi": "Mở liên kết", "en": "Open the link"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_CLOSING = ".,;:!?)]}'’”"
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; font: 16px/1.55 Arial, Helvetica, sans-serif; color: #1c2b33; background: #ffffff; }
main { max-width: 36em; margin: 0 auto; overflow-wrap: anywhere; }
p { margin: 0 0 16px; }
a { color: #0b5c6b; }
.button { display: inline-block; padding: 11px 20px; border-radius: 6px; font-weight: bold; text-decoration: none;
 color: #ffffff; background: #0b5c6b; }
@media (prefers-color-scheme: dark) {
 body { color: #e6edf0; background: #12191d; }
 a { color: #7fd0de; }
 .button { color: #0d1518; background: #7fd0de; }
}
"""


def markup(body: str, *, subject: str, link: str, locale: str) -> str:
    """A whole page of HTML for a text in which `LINK_MARK` stands for `link`: where it stands first becomes a button,
    named by what stands before it on its line, unless that is a sentence."""
    language = locale if locale in _OPEN else "vi"
    paragraphs = _paragraphs(body, link, _OPEN[language])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(subject)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{chr(10).join(paragraphs)}\n</main>\n</body>\n</html>\n"
    )


def _paragraphs(body: str, link: str, unnamed: str) -> list[str]:
    found: list[str] = []
    waits_for_button = bool(link)
    for paragraph in re.split(r"\n{2,}", body.strip()):
        lines: list[str] = []
        for line in paragraph.split("\n"):
            if waits_for_button and LINK_MARK in line:
                found += _text(lines)
                found += _button(line, link, unnamed)
                lines, waits_for_button = [], False
            else:
                lines.append(_linked(line.replace(LINK_MARK, link)))
        found += _text(lines)
    return found


def _text(lines: list[str]) -> list[str]:
    return [f"<p>{'<br>'.join(lines)}</p>"] if any(lines) else []


def _button(line: str, link: str, unnamed: str) -> list[str]:
    before, _mark, after = line.partition(LINK_MARK)
    name = before.strip().removesuffix(":").strip()
    said = [] if len(name) <= _LONGEST_NAME else [_linked(before.strip())]  # a whole sentence is no name for a button
    button = f'<p><a class="button" href="{escape(link)}">{escape(unnamed if said else name or unnamed)}</a></p>'
    return [*_text(said), button, *_text([_linked(after.replace(LINK_MARK, link).strip())])]


def _linked(line: str) -> str:
    """A line, escaped, in which web addresses can be followed."""
    pieces, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(_CLOSING)
        pieces += [escape(line[end : found.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
        end = found.start() + len(address)
    return "".join([*pieces, escape(line[end:])])
