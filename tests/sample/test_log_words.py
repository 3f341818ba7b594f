"""The logs of the sample, from the first act to the last: told in words, with no code of the program among them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kstthc_training.administration.fact_words import said
from kstthc_training.administration.queries.log_names import names_of
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import ACTS, action_words
from kstthc_training.db import db
from kstthc_training.desk.journal import PAGE, Theme, log_page
from kstthc_training.events.queries import load_whole
from kstthc_training.web.locale import named

RAW = re.compile(r"\d{4}-\d\d-\d\d|\b[a-z]+_[a-z_]+\b|\{|\bNone\b|\bTrue\b|\bFalse\b|\b(?:quy|thang)-\d")
MEMBERS = {
    member.value
    for enum in StrEnum.__subclasses__()
    if enum.__module__.startswith("kstthc_training.")
    for member in enum
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("reader")


def values(facts: Any) -> Iterator[Any]:
    """Every plain value in facts, however deep it lies."""
    if isinstance(facts, dict | list):
        for value in facts.values() if isinstance(facts, dict) else facts:
            yield from values(value)
    else:
        yield facts


def codes_in(entry: AuditEntry, words: str) -> list[str]:
    """What in the words is of the program's own language: members of enumerations, names of fields, dates for machines."""
    members = {value for value in values(entry.facts) if value in MEMBERS}
    return [*RAW.findall(words), *(member for member in members if re.search(rf"(?<!\w){re.escape(member)}(?!\w)", words))]


def test_the_log_of_all_tells_every_act_in_words(province: Flask) -> None:
    entries = db.session.scalars(select(AuditEntry)).all()
    assert {entry.action for entry in entries} - set(ACTS) == set()
    with province.test_request_context():
        names = names_of(entries, named=named)
        told = {entry.id: (entry, " · ".join((action_words(entry.action), *said(entry, names)))) for entry in entries}
    assert {words for entry, words in told.values() if codes_in(entry, words)} == set()


def test_the_log_of_each_event_tells_every_act_in_words(province: Flask) -> None:
    of_events = select(AuditEntry).where(AuditEntry.subject_type == "event").order_by(AuditEntry.id.desc())
    seen: set[str] = set()
    for event_id in db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.subject_type == "event").distinct()):
        entries = db.session.scalars(of_events.where(AuditEntry.subject_id == event_id).limit(PAGE)).all()
        with province.test_request_context():
            rows = log_page(load_whole(event_id or 0), theme=Theme.ALL, number=1).rows
        for entry, row in zip(entries, rows, strict=True):
            assert codes_in(entry, " · ".join((row.action, *row.details))) == []
            seen.add(entry.action)
    assert "registration.promoted" in seen


def test_a_code_is_seen() -> None:
    entry = AuditEntry(facts={"changes": {"state": ["draft", "released"]}, "reason": "Bão"})
    assert sorted(codes_in(entry, "state: draft → released")) == ["draft", "released"]
    assert codes_in(entry, "valid_from: 2026-07-01") == ["valid_from", "2026-07-01"]
    assert codes_in(entry, "kỳ: quy-3") == ["quy-3"]
    assert codes_in(entry, "Trạng thái: Dự thảo → Đã phát hành · Bão") == []
