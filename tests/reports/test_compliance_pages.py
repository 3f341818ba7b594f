"""The page of organisations that were invited, the invitations behind its figures, and its workbook."""

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.people.enums import Role
from kstthc_training.sheets import read_table
from tests.compliance.test_figures import asked
from tests.reports.made import ABSENT, PRESENT, at, hold
from tests.support.factories import make_account, make_event, make_organisation, make_person

PAGE = "/bao-cao/2026/quy-1/tuan-thu"
FREE = "/bao-cao/tu-chon/tuan-thu?tu=01/03/2026&den=10/03/2026"


@pytest.fixture
def leader(app, client_for):
    return client_for(make_account(Role.LEADER))


@pytest.fixture
def offices(app):
    """Two that were invited: one in time with one present and one away, one that never answered twice."""
    good, bad = make_organisation("Sở Nội vụ"), make_organisation("Sở An toàn")
    first = hold(at(2, 3), [(make_person(), good, PRESENT), (make_person(), good, ABSENT)], title="Lớp một")
    asked(first, good, answered_at=at(20, 2))
    asked(first, bad)
    asked(hold(at(3, 3), title="Lớp hai"), bad)
    return good, bad


def names(page):
    return [
        " ".join(cell.text_content().split()) for cell in page.xpath("//*[@id='bang']//tbody//td[contains(@class,'main')]")
    ]


def test_every_figure_stands_on_the_page_and_opens_its_rows(leader, offices):
    good, bad = offices
    page = leader.page(PAGE)
    assert names(page) == ["Sở An toàn", "Sở Nội vụ"]
    foot = [cell.text_content() for cell in page.xpath("//tfoot//td")]
    assert foot == ["3", "1", "0", "2", "0", "2", "1", "1"]
    rows = leader.page(f"{PAGE}/khong-tra-loi?dv={bad.id}")
    titles = [link.text_content() for link in rows.xpath("//tbody//a[@class='name']")]
    assert titles == ["Lớp hai", "Lớp một"]
    assert "Không trả lời: Sở An toàn" in rows.xpath("//h1")[0].text_content()
    assert leader.page(f"{PAGE}/vang?dv={good.id}").xpath("//tbody//a[@class='name']")[0].text_content() == "Lớp một"


def test_it_is_sorted_by_any_figure_and_searched_without_accents(leader, offices):
    assert names(leader.page(f"{PAGE}?xep=dung-han")) == ["Sở Nội vụ", "Sở An toàn"]
    assert names(leader.page(f"{PAGE}?xep=khong-tra-loi")) == ["Sở An toàn", "Sở Nội vụ"]
    assert names(leader.page(f"{PAGE}?q=noi vu")) == ["Sở Nội vụ"]
    assert names(leader.page(f"{PAGE}?xep=bia-dat")) == ["Sở An toàn", "Sở Nội vụ"]


def test_who_never_came_and_who_never_answered_are_found(leader, offices):
    yes_but_away, to_come = make_organisation("Sở Vắng"), make_organisation("Sở Sắp tới")
    held = hold(at(4, 3), [(make_person(), yes_but_away, ABSENT)], title="Lớp ba")
    asked(held, yes_but_away, answered_at=at(20, 2))
    asked(make_event(starts_at=at(5, 3)), to_come, answered_at=at(20, 2))  # over, but its attendance is not closed
    assert names(leader.page(f"{PAGE}?loc=khong-den")) == ["Sở An toàn", "Sở Vắng"]
    assert names(leader.page(f"{PAGE}?loc=khong-tra-loi")) == ["Sở An toàn"]
    assert len(names(leader.page(f"{PAGE}?loc=bia-dat"))) == 4
    options = [" ".join(option.text_content().split()) for option in leader.page(PAGE).xpath("//select[@name='loc']/option")]
    assert options == ["Mọi đơn vị (4)", "Không đến lần nào (2)", "Không trả lời lần nào (1)"]
    sheet = read_table("tep.xlsx", leader.get(f"{PAGE}.xlsx?loc=khong-den").data)
    assert [row.cells[2] for row in sheet.rows] == ["Sở An toàn", "Sở Vắng"]


def test_days_may_be_chosen_freely_and_wrong_ones_are_asked_for_again(leader, offices):
    assert len(names(leader.page(FREE))) == 2
    assert leader.get("/bao-cao?nam=2026&ky=quy-1&xem=tuan-thu").location == PAGE
    assert leader.get("/bao-cao?nam=2026&ky=tu-chon&xem=tuan-thu").location == "/bao-cao/tu-chon/tuan-thu"
    asked_again = leader.get("/bao-cao/tu-chon/tuan-thu?tu=2026&den=")
    assert asked_again.status_code == 422 and 'action="/bao-cao/tu-chon/tuan-thu"' in asked_again.text
    assert leader.get("/bao-cao/tu-chon/tuan-thu").status_code == 200


def test_the_part_with_the_table_is_a_slice_of_the_page(leader, offices):
    part = leader.fragment(f"{PAGE}?q=noi", "bang").text.strip()
    assert part.startswith('<div id="bang">') and part in leader.get(f"{PAGE}?q=noi").text


def test_a_figure_that_is_none_and_a_period_that_is_none_are_unknown(leader, app):
    for address in (f"{PAGE}/bia-dat", "/bao-cao/2026/quy-9/tuan-thu", f"{PAGE}/vang?dv=999"):
        assert leader.get(address).status_code == 404


def test_only_those_who_read_reports_see_it(client_for, client):
    member = client_for(make_account(focal_of=make_organisation()))
    for address in (PAGE, f"{PAGE}/vang", f"{PAGE}.xlsx", FREE):
        assert member.get(address).status_code == 403
        assert client.get(address).status_code == 303


def test_a_period_without_invitations_says_so(leader):
    assert "Không có giấy mời nào trong kỳ" in leader.get(PAGE).text
    assert "Con số này bằng 0" in leader.get(f"{PAGE}/vang").text


def test_the_workbook_holds_what_the_page_shows_and_is_recorded(leader, offices):
    sheet = read_table("tep.xlsx", leader.get(f"{PAGE}.xlsx?xep=dung-han").data)
    assert [row.cells[2:] for row in sheet.rows] == [
        ("Sở Nội vụ", "1", "1", "0", "0", "0", "2", "1", "1"),
        ("Sở An toàn", "2", "0", "0", "2", "0", "0", "0", "0"),
    ]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "report.exported")).one()
    assert entry.facts["period"] == "quy-1"


def test_how_often_it_asks_does_not_grow(leader, statements):
    def count(address):
        leader.get(address)
        with statements() as seen:
            leader.get(address)
        return len(seen)

    addresses = (PAGE, f"{PAGE}/duoc-moi")
    asked(hold(at(2, 3)), make_organisation())
    before = [count(address) for address in addresses]
    event = hold(at(3, 3))
    for _ in range(5):
        asked(event, make_organisation(), answered_at=at(20, 2), answer=InvitationAnswer.DECLINED)
    assert [count(address) for address in addresses] == before
