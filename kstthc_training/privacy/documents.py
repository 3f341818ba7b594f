"""Everything kept of somebody in one archive: a workbook to read, JSON for programs, and the files he handed in."""

import io
import json
import zipfile
from datetime import date, datetime
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

from kstthc_training.files.store import Store
from kstthc_training.privacy.queries import Kept
from kstthc_training.sheets import Sheet, write_xlsx

_LISTS = ("registrations", "steps", "answers", "marks", "invitations", "mandates", "letters", "downloads", "feeds")


def archive(kept: Kept, sheets: list[Sheet], *, store: Store, now: datetime) -> bytes:
    """The archive as bytes; a file whose bytes are gone is left out, its name stays in the list of answers."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("du-lieu.xlsx", write_xlsx(sheets))
        packed.writestr("du-lieu.json", json.dumps(_plain(kept, now), ensure_ascii=False, indent=1))
        for number, (name, key) in enumerate(_files(kept), start=1):
            if store.path(key).exists():
                packed.write(store.path(key), f"tep/{number}{_ending(name)}")
    return buffer.getvalue()


def _files(kept: Kept) -> list[tuple[str, str]]:
    """Name and key of every file that he handed in: answers, and letters of introduction."""
    handed_in = [(a.file_name, a.file_key) for a in kept.answers] + [
        (r.letter_name, r.letter_key) for r in kept.registrations
    ]
    return [(name or "", key) for name, key in handed_in if key]


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix
    return ending if ending[1:].isalnum() and len(ending) <= 6 else ""


def _plain(kept: Kept, now: datetime) -> dict[str, Any]:
    person, account = kept.person, kept.account
    return {
        "made_at": now.isoformat(),
        "person": {
            "full_name": person.full_name, "title": person.title, "organisation": kept.organisation,
            "email": person.email, "phone": person.phone, "created_at": person.created_at.isoformat(),
        },
        "account": account and {
            "login": account.login, "locale": account.locale, "theme": account.theme,
            "created_at": account.created_at.isoformat(),
            "roles": [{"role": role.value, "organisation": name} for role, name in kept.roles],
        },
        **{name: [_values(row._asdict()) for row in getattr(kept, name)] for name in _LISTS},
        "sign_ins": [
            _values({"browser": s.browser, "address": s.address, "created_at": s.created_at, "seen_at": s.seen_at})
            for s in kept.sign_ins
        ],
        "log": _values(kept.log._asdict()),
    }  # fmt: skip


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items() if not name.endswith("_key")}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
