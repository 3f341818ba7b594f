"""Short notes after an act, shown once on the next page as a toast."""

from typing import Any

from flask import flash, get_flashed_messages


def note_success(text: str, *, undo_action: str | None = None) -> None:
    """Say that it is done; `undo_action` is the address that takes it back by POST."""
    _note({"text": str(text), "undo_action": undo_action}, "success")


def note_problem(text: str) -> None:
    """Say that it was not done, and why."""
    _note({"text": str(text), "undo_action": None}, "problem")


def pending_notes() -> list[dict[str, Any]]:
    """The notes not shown yet, each with `category`, `text`, `undo_action`; reading them empties the list."""
    waiting: Any = get_flashed_messages(with_categories=True)
    return [{"category": category, **note} for category, note in waiting]


def _note(note: Any, category: str) -> None:
    flash(note, category)
