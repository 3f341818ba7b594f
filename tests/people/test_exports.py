"""Who took a list away stands in the log with what it was narrowed by, and without the words that were typed."""

from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.people.enums import Role
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration


def test_filters_are_noted_by_name_and_what_was_typed_is_not(client_for):
    organisation, event = make_organisation(), make_event()
    make_registration(event, make_person("Danh Mẫu Tìm", organisation_id=organisation.id))
    browser = client_for(make_account(Role.ORGANIZER))
    browser.get(f"/hop/{event.code}/quan-ly/dang-ky.xlsx?q=tim&dv={organisation.id}&tt=")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrations.exported")).one()
    assert entry.facts == {"form": "xlsx", "rows": 1, "asked": ["q", "dv"]}
    journal = browser.page(f"/hop/{event.code}/quan-ly/nhat-ky").text_content()
    assert "1 dòng · XLSX · lọc theo chữ tìm, đơn vị" in journal
