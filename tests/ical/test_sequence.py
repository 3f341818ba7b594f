from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kstthc_training.ical import EntryStatus, Mailbox, needs_new_sequence, next_sequence
from kstthc_training.ical.errors import DifferentEntries
from tests.ical.entries import OFFICE, full

BEFORE = full(organizer=OFFICE)
HOUR = timedelta(hours=1)

PLAN_ANEW = {
    "start": {"starts_at": BEFORE.starts_at - HOUR},
    "end": {"ends_at": BEFORE.ends_at + HOUR},
    "both": {"starts_at": BEFORE.starts_at + 24 * HOUR, "ends_at": BEFORE.ends_at + 24 * HOUR},
    "cancelled": {"status": EntryStatus.CANCELLED},
    "postponed": {"status": EntryStatus.POSTPONED},
    "tentative": {"status": EntryStatus.TENTATIVE},
    "place": {"location": "Hội trường B"},
    "online address": {"conference_url": "https://hop.kiengiang.gov.vn/phong/khac"},
    "no longer online": {"conference_url": None},
    "organizer": {"organizer": Mailbox("Sở Nội vụ", "sonoivu@kiengiang.gov.vn")},
    "no organizer": {"organizer": None},
}
SAME_PLAN = {
    "nothing": {},
    "title": {"summary": "Tập huấn nghiệp vụ (sửa lỗi chính tả)"},
    "description": {"description": "Khác"},
    "categories": {"categories": ()},
    "address of the page": {"url": "https://lich.kiengiang.gov.vn/hop/2024-132"},
    "last change": {"changed_at": BEFORE.changed_at + HOUR},
    "fraction of a second": {"starts_at": BEFORE.starts_at + timedelta(microseconds=5)},
    "spacing of the place": {"location": f"  {BEFORE.location} "},
    "name of the organizer": {"organizer": replace(OFFICE, name="Văn phòng")},
    "shown as free": {"transparent": True},
    "course": {"related_to": None},
    "sequence itself": {"sequence": 9},
}


@pytest.mark.parametrize("changes", PLAN_ANEW.values(), ids=PLAN_ANEW.keys())
def test_sequence_rises_when_people_must_plan_anew(changes: dict) -> None:
    after = replace(BEFORE, **changes)
    assert needs_new_sequence(BEFORE, after)
    assert needs_new_sequence(after, BEFORE)
    assert next_sequence(BEFORE, after) == BEFORE.sequence + 1


@pytest.mark.parametrize("changes", SAME_PLAN.values(), ids=SAME_PLAN.keys())
def test_sequence_stays_when_only_wording_changes(changes: dict) -> None:
    after = replace(BEFORE, **changes)
    assert not needs_new_sequence(BEFORE, after)
    assert next_sequence(BEFORE, after) == BEFORE.sequence


def test_sequence_rises_when_the_postponed_is_cancelled_for_good() -> None:
    postponed, cancelled = (replace(BEFORE, status=s) for s in (EntryStatus.POSTPONED, EntryStatus.CANCELLED))
    assert needs_new_sequence(postponed, cancelled)


def test_sequence_refuses_two_different_entries() -> None:
    with pytest.raises(DifferentEntries):
        needs_new_sequence(BEFORE, replace(BEFORE, uid=UUID(int=1)))
