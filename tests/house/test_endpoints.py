"""Every address that a template or a view asks for exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ASKED = re.compile(r"""url_for\(\s*['"]([a-z_.]+)['"]""")


def test_every_named_endpoint_exists(app):
    missing = []
    for path in [*sorted((ROOT / "templates").rglob("*.html")), *sorted((ROOT / "kstthc_training").rglob("*.py"))]:
        for name in _ASKED.findall(path.read_text(encoding="utf-8")):
            known = name in app.view_functions or (
                name.startswith(".") and any(endpoint.endswith(name) for endpoint in app.view_functions)
            )
            if not known:
                missing.append(f"{path.relative_to(ROOT)}: {name}")
    assert missing == []
