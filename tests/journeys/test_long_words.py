"""Words without a blank, as long as they may be, stay inside the page: at a desk and on a phone."""

from datetime import timedelta

import pytest

from kstthc_training import clock
from tests.journeys.conftest import sign_in
from tests.journeys.made import within
from tests.support.factories import make_event, make_organisation, make_person, make_registration, make_venue

LONG = "Ngh" + "ư" * 117
PAGES = (
    "/lich/{year}/{month}", "/hop/{code}", "/hop/{code}/quan-ly", "/hop/{code}/sua", "/hop/{code}/quan-ly/dang-ky",
    "/hop/{code}/quan-ly/diem-danh", "/quet/{code}", "/ve/{ticket}",
    "/danh-ba/don-vi/{organisation}", "/tim?q=nghu",
)  # fmt: skip


@pytest.fixture(scope="module")
def places(product):
    """The parts of addresses of an event, an organisation and a ticket whose every name is one endless word."""

    def make():
        starts_at = clock.now() + timedelta(days=500)
        organisation = make_organisation(LONG)
        event = make_event(LONG, starts_at=starts_at, number=8001, venue_id=make_venue(LONG).id, host_id=organisation.id)
        registration = make_registration(event, make_person(LONG, title=LONG, organisation_id=organisation.id))
        day = clock.local(starts_at)
        return {
            "code": event.code, "ticket": registration.ticket_code, "organisation": organisation.id,
            "year": day.year, "month": day.month,
        }  # fmt: skip

    return within(product, make)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_an_endless_word_breaks_no_page(visit, places, phone):
    page = visit(phone=phone)
    sign_in(page, "to-chuc@mau.example")
    wide = {}
    for address in PAGES:
        answer = page.goto(address.format(**places))
        assert answer.status == 200, address
        assert "Nghư" in page.content(), address
        width = page.evaluate_handle("document.documentElement").get_property("scrollWidth").json_value()
        if width > page.viewport_size["width"]:
            wide[address] = width
    assert wide == {}
