"""The figures of one organisation, where its focal point and the directory's readers see them."""

from datetime import date

import pytest

from kstthc_training import clock
from kstthc_training.compliance.enums import ComplianceFigure as Figure
from kstthc_training.compliance.queries import last_year_of
from kstthc_training.people.enums import Role
from tests.compliance.test_figures import asked
from tests.reports.made import PRESENT, at, hold
from tests.support.factories import make_account, make_organisation, make_person


@pytest.fixture
def office(app):
    """An organisation that answered late, and named one who came; and that was asked the day more than a year ago."""
    office = make_organisation("Sở Nội vụ")
    asked(hold(at(2, 3), [(make_person(), office, PRESENT)]), office, answered_at=at(28, 2))
    asked(hold(at(18, 3, 2025)), office)
    return office


def told(page, heading):
    (part,) = page.xpath(f"//*[self::h2 or self::h3][normalize-space()='{heading}']/following-sibling::dl[1]")
    return dict(zip((dt.text for dt in part.findall("dt")), (dd.text for dd in part.findall("dd")), strict=True))


FIGURES = {
    "Được mời": "1", "Trả lời đúng hạn": "0", "Trả lời muộn": "1", "Không trả lời": "0", "Báo không dự": "0",
    "Người được cử": "1", "Có mặt": "1", "Vắng không lý do": "0",
}  # fmt: skip


def test_a_year_back_to_the_very_day_is_told(office):
    figures = dict(last_year_of(office.id, now=clock.now()))
    assert (figures[Figure.INVITED], figures[Figure.NEVER]) == (1, 0)
    assert last_year_of(make_organisation().id, now=clock.now()) == []


@pytest.mark.parametrize(("day", "first"), [(date(2026, 3, 18), date(2025, 3, 19)), (date(2028, 2, 29), date(2027, 3, 1))])
def test_twelve_months_end_with_the_day(app, day, first):
    assert clock.year_to(day) == (first, day)


def test_the_focal_point_and_the_directory_see_the_same_figures(client_for, office):
    own = client_for(make_account(focal_of=office)).page("/don-vi")
    assert told(own, "Giấy mời đã qua") == FIGURES
    leader = client_for(make_account(Role.LEADER))
    page = leader.page(f"/danh-ba/don-vi/{office.id}")
    assert told(page, "Giấy mời 12 tháng qua") == FIGURES
    (href,) = page.xpath("//a[normalize-space()='Xem từng giấy mời']/@href")
    assert len(leader.page(href).xpath("//tbody/tr")) == 1


def test_who_was_never_invited_is_told_nothing(client_for):
    office = make_organisation()
    assert "Giấy mời đã qua" not in client_for(make_account(focal_of=office)).get("/don-vi").text
    assert "Giấy mời 12 tháng qua" not in client_for(make_account(Role.LEADER)).get(f"/danh-ba/don-vi/{office.id}").text
