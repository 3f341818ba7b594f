"""Saved groups of invitees: seen, renamed, their organisations changed, put away; invitations stay as they were."""

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations import service
from kstthc_training.invitations.models import InviteeGroup, InviteeGroupMember
from kstthc_training.people.enums import Role
from kstthc_training.refusals import NotAllowed
from tests.invitations.asked import invited
from tests.registrations.actors import an_organizer, himself
from tests.support.factories import make_account, make_event, make_organisation, make_person

HERE = "/dieu-hanh/nhom-moi"


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


def a_group(name="Các sở", places=None):
    with unit_of_work():
        return service.save_group(actor=an_organizer(), name=name, places=places or {}, now=clock.now())


def places_of(group_id):
    db.session.rollback()
    rows = db.session.scalars(select(InviteeGroupMember).where(InviteeGroupMember.group_id == group_id))
    return {row.organisation_id: row.places for row in rows}


def names():
    db.session.rollback()
    return db.session.scalars(select(InviteeGroup.name).order_by(InviteeGroup.name)).all()


def acts():
    asked = select(AuditEntry.action).where(AuditEntry.subject_type == "invitee_group").order_by(AuditEntry.id)
    return db.session.scalars(asked).all()


@pytest.fixture
def bodies(app):
    return [make_organisation(name) for name in ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế")]


def sent(group_id, *, version=1, name="Các sở", ticked=(), **more):
    return {"group_name": name, "version": str(version), "noi": [str(body.id) for body in ticked], **more}


def test_groups_are_listed_with_how_many_they_hold(browser, bodies):
    a_group("Các sở", {bodies[0].id: 2, bodies[1].id: 3})
    page = browser.page(HERE)
    cells = [" ".join(cell.text_content().split()) for cell in page.xpath("//tbody/tr/td")]
    assert cells[:3] == ["Các sở", "2 nơi", "5"]


def test_without_a_group_the_page_says_how_one_comes(browser):
    assert "Chưa lưu nhóm nào" in browser.page(HERE).text_content()


def test_name_members_and_places_are_saved_together(browser, bodies):
    group_id = a_group(places={bodies[0].id: 1, bodies[1].id: 1})
    event = make_event()
    (invitation,) = invited(event, bodies[0])
    typed = {f"cho-{bodies[1].id}": "4", f"cho-{bodies[2].id}": "2"}
    answer = browser.post(f"{HERE}/{group_id}", data=sent(group_id, name="Sở mới", ticked=bodies[1:], **typed))
    assert answer.status_code == 303
    assert (names(), places_of(group_id)) == (["Sở mới"], {bodies[1].id: 4, bodies[2].id: 2})
    assert acts() == ["invitees.group_saved", "invitees.group_changed"]
    assert invitation.revoked_at is None


def test_more_are_found_and_ticked_before_they_are_saved(browser, bodies):
    group_id = a_group(places={bodies[0].id: 1})
    shown = browser.post(f"{HERE}/{group_id}", data=sent(group_id, ticked=bodies[:1], tim="1", q="y te"))
    assert (shown.status_code, "Sở Y tế" in shown.text, "Sở Tài chính" in shown.text) == (200, True, False)
    assert places_of(group_id) == {bodies[0].id: 1}


def test_a_name_that_another_group_has_and_no_member_are_refused(browser, bodies):
    a_group("Các huyện", {bodies[0].id: 1})
    group_id = a_group("Các sở", {bodies[1].id: 1})
    taken = browser.post(f"{HERE}/{group_id}", data=sent(group_id, name="Các huyện", ticked=bodies[1:2]))
    empty = browser.post(f"{HERE}/{group_id}", data=sent(group_id))
    nameless = browser.post(f"{HERE}/{group_id}", data=sent(group_id, name=" ", ticked=bodies[1:2]))
    assert [answer.status_code for answer in (taken, empty, nameless)] == [422, 422, 422]
    assert "Đã có nhóm tên “Các huyện”" in taken.text
    assert (names(), places_of(group_id)) == (["Các huyện", "Các sở"], {bodies[1].id: 1})


def test_what_somebody_else_saved_meanwhile_is_not_written_over(browser, bodies):
    group_id = a_group(places={bodies[0].id: 1})
    browser.post(f"{HERE}/{group_id}", data=sent(group_id, name="Trước", ticked=bodies[:1]))
    late = browser.post(f"{HERE}/{group_id}", data=sent(group_id, name="Sau", ticked=bodies[1:2]))
    assert (late.status_code, names(), places_of(group_id)) == (422, ["Trước"], {bodies[0].id: 1})
    again = browser.post(f"{HERE}/{group_id}/bo", data={"version": "1"})
    assert (again.status_code, names()) == (303, ["Trước"])


def test_a_group_is_put_away_once(browser, bodies):
    group_id = a_group(places={bodies[0].id: 1})
    assert browser.post(f"{HERE}/{group_id}/bo", data={"version": "1"}).status_code == 303
    assert (names(), places_of(group_id), acts()[-1]) == ([], {}, "invitees.group_deleted")
    assert browser.get(f"{HERE}/{group_id}").status_code == 404
    assert browser.post(f"{HERE}/{group_id}/bo", data={"version": "1"}).status_code == 404


def test_hostile_numbers_are_left_out(browser, bodies):
    group_id = a_group(places={bodies[0].id: 1})
    typed = sent(group_id, ticked=bodies[:1]) | {
        "noi": [str(bodies[0].id), "x", "999999"],
        f"cho-{bodies[0].id}": "99999999",
    }
    browser.post(f"{HERE}/{group_id}", data=typed)
    assert places_of(group_id) == {bodies[0].id: 1000}


def test_only_organizers_see_and_change_groups(client_for, bodies):
    group_id, other = a_group(places={bodies[0].id: 1}), client_for(make_account())
    asked = [
        other.get(HERE),
        other.get(f"{HERE}/{group_id}"),
        other.post(f"{HERE}/{group_id}"),
        other.post(f"{HERE}/{group_id}/bo"),
    ]
    assert [answer.status_code for answer in asked] == [403] * 4
    stranger = himself(make_person())
    for verb, said in (
        (service.change_group, {"name": "X", "places": {bodies[0].id: 1}}), (service.delete_group, {}),
    ):  # fmt: skip
        with pytest.raises(NotAllowed), unit_of_work():
            verb(actor=stranger, group_id=group_id, version=1, now=clock.now(), **said)


def test_the_pages_ask_as_often_however_long_the_groups(browser, statements):
    counts = []
    for size in (2, 12):
        group_id = a_group(f"Nhóm {size}", {make_organisation(f"Sở {size} {n}").id: 1 for n in range(size)})
        with statements() as seen:
            browser.get(f"{HERE}/{group_id}")
            browser.get(HERE)
        counts.append(len(seen))
    assert counts[0] == counts[1]
