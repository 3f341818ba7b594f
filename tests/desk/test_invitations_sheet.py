"""Everyone invited as a file: states, answers, names, deadlines and who was late; safe to open, and recorded."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.people.enums import Role
from tests.invitations.asked import accepted, deadlines, declined, invited, names_given
from tests.registrations.actors import an_organizer
from tests.support.factories import make_account, make_event, make_organisation, make_person

DAY = timedelta(days=1)


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(now):
    event = make_event(starts_at=now + 20 * DAY)
    deadlines(event, now + 5 * DAY, now=now)
    named, yes, no, _silent = invited(
        event, *(make_organisation(name, email=f"m{n}@mau.example") for n, name in enumerate(("A", "B", "C", "D"))),
        places=2, now=now,
    )  # fmt: skip
    names_given(named, make_person("Lê Mẫu Ái", organisation_id=named.organisation_id), now=now + DAY)
    accepted(yes, 2, actor=an_organizer(), now=now + 6 * DAY)
    declined(no, "=1+1", now=now + DAY)
    return event


def address(event, ending):
    return f"/hop/{event.code}/quan-ly/moi.{ending}"


def lines(answer):
    sheet = load_workbook(io.BytesIO(answer.data)).active
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_every_state_stands_in_the_workbook_with_names_reasons_and_who_was_late(browser, event):
    found = lines(browser.get(address(event, "xlsx")))
    said = ("Nơi được mời", "Trạng thái", "Đúng hạn", "Số người đã cử", "Người được cử", "Giữ chỗ, chưa có tên")
    assert [[line[name] for name in said] for line in found] == [
        ["A", "Đã cử tên", "Đúng hạn", 1, "Lê Mẫu Ái", 0],
        ["B", "Nhận lời", "Muộn", 0, None, 2],
        ["C", "Từ chối", "Đúng hạn", 0, None, 0],
        ["D", "Chưa trả lời", "Chưa đến hạn", 0, None, 0],
    ]
    assert [line["Số chỗ mời"] for line in found] == [2, 2, 2, 2]


def test_the_filters_hold_in_the_file(browser, event):
    assert [line["Nơi được mời"] for line in lines(browser.get(address(event, "xlsx") + "?tt=tu-choi"))] == ["C"]


def test_a_formula_is_no_formula(browser, event):
    text = browser.get(address(event, "csv")).data.decode("utf-8-sig")
    assert "'=1+1" in text
    sheet = load_workbook(io.BytesIO(browser.get(address(event, "xlsx")).data)).active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value and "1+1" in str(cell.value)] == ["s"]


def test_who_has_not_answered_by_the_deadline_is_overdue(browser, now):
    event = make_event(starts_at=now + 20 * DAY)
    deadlines(event, now - DAY, now=now - 5 * DAY)
    invited(event, make_organisation("D"), now=now - 5 * DAY)
    assert [line["Đúng hạn"] for line in lines(browser.get(address(event, "xlsx")))] == ["Quá hạn"]


def test_taking_it_is_recorded_and_only_organizers_may(browser, client_for, event):
    browser.get(address(event, "xlsx")), browser.get(address(event, "csv") + "?tt=tu-choi")
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "invitations.exported").order_by(AuditEntry.id))
    assert [row.facts for row in rows] == [
        {"form": "xlsx", "rows": 4, "asked": []}, {"form": "csv", "rows": 1, "asked": ["tt"]},
    ]  # fmt: skip
    db.session.rollback()
    assert [client_for(make_account()).get(address(event, ending)).status_code for ending in ("xlsx", "csv")] == [403, 403]


def test_the_file_costs_as_many_statements_however_many_are_invited(browser, statements, now):
    counts = []
    for size in (2, 30):
        event = make_event(starts_at=now + 20 * DAY)
        invited(event, *(make_organisation(f"Sở {size} {n}") for n in range(size)))
        with statements() as seen:
            browser.get(address(event, "csv"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
