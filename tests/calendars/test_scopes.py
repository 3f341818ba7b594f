"""Feeds by scope: what each holds, who may follow it, and that none tells of another."""

import pytest
from sqlalchemy import delete, select, update

from kstthc_training import clock
from kstthc_training.calendars.enums import FeedScope
from kstthc_training.calendars.queries import feed_secret
from kstthc_training.calendars.scopes import ALL, AUDIENCES, MINE, Scope, scope_named
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import DoorStaff, Session
from kstthc_training.invitations import service as invitations
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.models import CalendarSending
from tests.calendars.readers import address_of, entries, may_read, person_of, switch, titles
from tests.invitations.asked import attending, declined, invited
from tests.registrations.actors import an_organizer
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration, make_venue
from tests.support.foreign import READERS

PRESS, OFFICIALS, INTERNAL = AUDIENCES
LINK = "https://hop.example/abc"


@pytest.fixture
def account(app):
    return make_account(person=make_person("Trần Mẫu Bình"))


def read(client, app, account, scope=MINE):
    return client.get(address_of(app, account, scope))


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("cua-toi", MINE),
        ("cong-khai", ALL),
        ("bao-chi", Scope(FeedScope.AUDIENCE, "press")),
        ("don-vi-12", Scope(FeedScope.ORGANISATION, "12")),
        ("chu-tri-12", Scope(FeedScope.HOST, "12")),
        ("loai-3", Scope(FeedScope.KIND, "3")),
        ("phong-7", Scope(FeedScope.ROOM, "7")),
    ],
)
def test_a_scope_is_named_in_its_address(name, scope):
    assert (scope.name, scope_named(name)) == (name, scope)


@pytest.mark.parametrize("name", ["", "phong", "phong-", "phong-0", "phong-07", "phong-x", "phong-99999999999", "khac-1"])
def test_what_names_no_scope_is_none(name):
    assert scope_named(name) is None


def test_the_addresses_given_out_before_there_were_scopes_still_open(app):
    secret = feed_secret(b"a key of thirty-two octets, or so", person_id=7, generation=2)
    assert secret == "7-mhi6i4fmavydmydw5r2nrvbk34h2xeyi"


def test_the_public_feed_holds_what_everyone_signed_in_sees(client, app, account):
    make_event("Họp chung", mode=EventMode.ONLINE, online_url=LINK)
    make_event("Dự thảo", state=EventState.DRAFT)
    answer = read(client, app, account, ALL)
    assert titles(answer) == ["Họp chung"]
    assert LINK not in answer.text
    entry = entries(answer)["Họp chung"]
    assert (str(entry["TRANSP"]), str(entry["STATUS"]), "ORGANIZER" in entry) == ("TRANSPARENT", "CONFIRMED", False)


def test_insiders_see_drafts_in_it_as_on_the_agenda_until_they_are_none(client, app):
    make_event("Dự thảo", state=EventState.DRAFT)
    insider = make_account(Role.LEADER)
    answer = read(client, app, insider, ALL)
    assert str(entries(answer)["Dự thảo"]["STATUS"]) == "TENTATIVE"
    assert "Tất cả\\, cả dự thảo" in answer.text
    with unit_of_work() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == insider.id))
    later = client.get(address_of(app, insider, ALL), headers={"If-None-Match": answer.headers["ETag"]})
    assert titles(later) == []


def test_feeds_of_audience_kind_room_and_host_hold_theirs_alone(client, app, account):
    host, room = make_organisation("Sở Y tế"), make_venue("Phòng 2")
    events = {
        "báo chí": make_event("báo chí", audience=Audience.PRESS, kind="hop-bao"),
        "cả hai": make_event("cả hai", audience=Audience.BOTH),
        "cán bộ": make_event("cán bộ", audience=Audience.OFFICIALS, host_id=host.id),
        "nội bộ": make_event("nội bộ", audience=Audience.INTERNAL, venue_id=room.id),
    }
    wanted = {
        PRESS: ["báo chí", "cả hai"],
        OFFICIALS: ["cán bộ", "cả hai"],
        INTERNAL: ["nội bộ"],
        Scope(FeedScope.KIND, str(events["báo chí"].kind_id)): ["báo chí"],
        Scope(FeedScope.ROOM, str(room.id)): ["nội bộ"],
        Scope(FeedScope.HOST, str(host.id)): ["cán bộ"],
    }
    assert {scope: titles(read(client, app, account, scope)) for scope in wanted} == wanted


def test_an_organisations_feed_holds_what_it_hosts_is_asked_to_and_sends_people_to(client, app):
    body = make_organisation("UBND xã Mẫu")
    member = make_account(person=make_person(organisation_id=body.id))
    make_event("chủ trì", host_id=body.id)
    make_registration(make_event("có người dự"), make_person(organisation_id=body.id))
    asked, refused = make_event("được mời"), make_event("từ chối")
    invited(asked, body)
    declined(*invited(refused, body))
    make_event("khác")
    scope = Scope(FeedScope.ORGANISATION, str(body.id))
    assert titles(read(client, app, member, scope)) == ["chủ trì", "có người dự", "được mời"]


def test_an_organisations_feed_is_for_its_people_its_focal_points_and_insiders(app):
    body = make_organisation()
    scope = Scope(FeedScope.ORGANISATION, str(body.id))
    member = make_account(person=make_person(organisation_id=body.id))
    focal = make_account(focal_of=body)
    assert [may_read(one, scope) for one in (member, focal, make_account(Role.LEADER))] == [True] * 3
    assert not may_read(make_account(), scope)


def test_whoever_leaves_an_organisation_loses_its_feed_at_once(client, app):
    body = make_organisation()
    member = make_account(person=make_person(organisation_id=body.id))
    scope = Scope(FeedScope.ORGANISATION, str(body.id))
    assert read(client, app, member, scope).status_code == 200
    with unit_of_work() as session:
        session.execute(update(Person).where(Person.id == member.person_id).values(organisation_id=None))
    assert read(client, app, member, scope).status_code == 404


def test_a_focal_point_that_is_none_any_more_loses_the_feed(client, app):
    body = make_organisation()
    focal = make_account(focal_of=body, person=make_person())
    scope = Scope(FeedScope.ORGANISATION, str(body.id))
    assert read(client, app, focal, scope).status_code == 200
    with unit_of_work() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == focal.id))
    assert read(client, app, focal, scope).status_code == 404


@pytest.mark.parametrize("kind", [FeedScope.ORGANISATION, FeedScope.HOST, FeedScope.KIND, FeedScope.ROOM])
def test_nothing_is_at_the_address_of_what_there_is_not(client, app, kind):
    assert read(client, app, make_account(Role.ORGANIZER), Scope(kind, "4711")).status_code == 404


def test_the_secret_of_one_scope_opens_no_other(client, app, account):
    secret = address_of(app, account, MINE).split("/")[2]
    make_venue()
    for name in ("cong-khai", "bao-chi", "phong-1"):
        assert client.get(f"/ics/{secret}/{name}.ics").status_code == 404


def test_a_disabled_account_follows_nothing(client, app, account):
    with unit_of_work() as session:
        session.execute(update(Account).where(Account.id == account.id).values(disabled_at=clock.now()))
    assert {read(client, app, account, scope).status_code for scope in (MINE, ALL, *AUDIENCES)} == {404}


@pytest.mark.parametrize(
    ("state", "title", "transparency"),
    [
        (RegistrationState.WAITING, "Chờ chỗ: Họp", "TRANSPARENT"),
        (RegistrationState.PENDING, "Chờ duyệt: Họp", "TRANSPARENT"),
        (RegistrationState.OFFERED, "Chờ xác nhận: Họp", "OPAQUE"),
    ],
)
def test_who_waits_has_a_tentative_entry_that_says_so_when_switched_on(client, app, account, state, title, transparency):
    event = make_event("Họp", mode=EventMode.ONLINE, online_url=LINK)
    fields = {"offer_ends_at": clock.now(), "holds_seat": True} if state is RegistrationState.OFFERED else {}
    make_registration(event, person_of(account), state=state, **fields)
    assert titles(read(client, app, account)) == []
    switch(account, waiting=True)
    answer = read(client, app, account)
    entry = entries(answer)[title]
    assert (str(entry["STATUS"]), str(entry["TRANSP"])) == ("TENTATIVE", transparency)
    assert LINK not in answer.text


def test_what_one_is_invited_to_stands_there_until_it_is_answered(client, app, account):
    event = make_event("Họp", mode=EventMode.ONLINE, online_url=LINK)
    (invitation,) = invited(event, people=[person_of(account)])
    assert titles(read(client, app, account)) == []
    switch(account, invited=True)
    answer = read(client, app, account)
    assert str(entries(answer)["Chưa trả lời: Họp"]["STATUS"]) == "TENTATIVE"
    assert LINK in answer.text
    attending(invitation)
    assert titles(read(client, app, account)) == ["Họp"]


def test_a_focal_point_sees_what_the_organisation_has_not_answered(client, app):
    body = make_organisation()
    focal, member = make_account(focal_of=body), make_account(person=make_person(organisation_id=body.id))
    event = make_event("Họp", mode=EventMode.ONLINE, online_url=LINK)
    (invitation,) = invited(event, body)
    for account in (focal, member):
        switch(account, invited=True)
    answer = read(client, app, focal)
    assert (titles(answer), LINK in answer.text) == (["Đơn vị chưa trả lời: Họp"], False)
    assert titles(read(client, app, member)) == []
    with unit_of_work():
        invitations.revoke(
            actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], reason="", now=clock.now()
        )
    assert titles(read(client, app, focal)) == []


def test_what_one_runs_or_stands_at_the_door_of_when_switched_on(client, app):
    organizer, helper = make_account(Role.ORGANIZER), make_account()
    event = make_event("Họp", owner=person_of(organizer), mode=EventMode.ONLINE, online_url=LINK)
    make_event("Dự thảo", owner=person_of(organizer), state=EventState.DRAFT)
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=helper.person_id))
    for account in (organizer, helper):
        assert titles(read(client, app, account)) == []
        switch(account, organised=True)
    own, door = read(client, app, organizer), read(client, app, helper)
    assert (titles(own), titles(door)) == (["Dự thảo", "Họp"], ["Họp"])
    assert (LINK in own.text, LINK in door.text) == (True, False)


def test_an_event_stands_once_by_the_firmest_part_one_takes(client, app):
    account = make_account(Role.ORGANIZER)
    event = make_event("Họp", owner=person_of(account))
    make_registration(event, person_of(account), state=RegistrationState.WAITING)
    switch(account, waiting=True, organised=True, invited=True)
    assert titles(read(client, app, account)) == ["Họp"]


def test_nothing_stands_in_a_feed_with_everything_switched_off(client, app, account):
    make_registration(make_event("Họp"), person_of(account))
    switch(account, registered=False)
    answer = read(client, app, account)
    assert (titles(answer), b"VTIMEZONE" in answer.data) == ([], True)


def test_a_seat_got_later_is_a_later_change_of_the_entry(client, app, account):
    """Programs that compare LAST-MODIFIED take a place got in the queue for the change that it is."""
    event = make_event("Họp")
    with clock.frozen(clock.now().replace(hour=7)):
        make_registration(event, person_of(account))
    entry = entries(read(client, app, account))["Họp"]
    assert entry["LAST-MODIFIED"].dt == entry["DTSTAMP"].dt == clock.now().replace(hour=7)
    assert entry["CREATED"].dt == clock.now()


def test_ones_own_feed_never_shows_a_lower_sequence_than_was_sent_by_mail(client, app, account):
    event = make_event("Họp")
    make_registration(event, person_of(account))
    before = read(client, app, account)
    later = clock.now().replace(hour=9)
    with unit_of_work() as session:
        (row,) = session.scalars(select(Session).where(Session.event_id == event.id))
        session.add(
            CalendarSending(
                person_id=account.person_id, event_id=event.id, session_id=row.id, uid=row.uid, method=Method.REQUEST,
                sequence=2, raised=2, stamped_at=later,
            )
        )  # fmt: skip
    answer = client.get(address_of(app, account), headers={"If-None-Match": before.headers["ETag"]})
    entry = entries(answer)["Họp"]
    assert (entry["SEQUENCE"], entry["LAST-MODIFIED"].dt) == (2, later)
    assert entries(read(client, app, make_account(Role.ORGANIZER), ALL))["Họp"]["SEQUENCE"] == 0


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_takes_every_scope_and_reads_the_same(client, app, reader):
    body, room = make_organisation("Sở; Y tế, “mẫu”"), make_venue("Phòng 2, tầng\\3")
    account = make_account(Role.ORGANIZER, person=make_person(organisation_id=body.id))
    switch(account, waiting=True, invited=True, organised=True)
    fields = {"audience": Audience.BOTH, "host_id": body.id, "venue_id": room.id, "sessions": 2}
    make_registration(make_event('Họp, "một";\\n hai', **fields), person_of(account))
    make_registration(make_event("Chờ", **fields), person_of(account), state=RegistrationState.WAITING)
    make_event("Đã hủy", state=EventState.CANCELLED, owner=person_of(account), **fields)
    kind = make_event("Dự thảo", state=EventState.DRAFT, **fields).kind_id
    subjects = {FeedScope.ORGANISATION: body.id, FeedScope.HOST: body.id, FeedScope.KIND: kind, FeedScope.ROOM: room.id}
    scopes = [MINE, ALL, *AUDIENCES, *(Scope(of, str(subject)) for of, subject in subjects.items())]
    counts = []
    for scope in scopes:
        octets = read(client, app, account, scope).data
        found = READERS[reader](octets)
        assert (scope, found) == (scope, READERS["icalendar"](octets))
        assert found.complaints == ()
        counts.append(len(found.entries))
    assert counts == [6, 8, 8, 8, 0, 8, 8, 8, 8]


@pytest.mark.parametrize("scope", [MINE, ALL, PRESS], ids=lambda scope: scope.name)
def test_a_scope_costs_the_same_statements_for_many(client, app, account, statements, scope):
    counts = []
    switch(account, waiting=True, invited=True, organised=True)
    for more in (1, 20):
        for _ in range(more):
            make_registration(make_event(audience=Audience.BOTH), person_of(account))
        tag = read(client, app, account, scope).headers["ETag"]
        with statements() as seen:
            read(client, app, account, scope)
        with statements() as unchanged:
            client.get(address_of(app, account, scope), headers={"If-None-Match": tag})
        counts.append((len(seen), len(unchanged)))
    assert counts == [(4, 2), (4, 2)]
