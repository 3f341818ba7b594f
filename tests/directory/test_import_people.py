"""A list of people: one name with one organisation, address or number is one person; letters only if asked for."""

from datetime import date

import pytest
from sqlalchemy import func, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.errors import ImportRefused
from kstthc_training.directory.importing.people import plan_people
from kstthc_training.directory.importing.person_rows import yes_or_no
from kstthc_training.directory.importing.plans import Change, Effect
from kstthc_training.directory.service import import_people
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, OneTimeLink, Person, RoleGrant
from tests.directory.files import people_table
from tests.organisations.kept import added
from tests.support.factories import make_account, make_person

TODAY = date(2026, 3, 18)


@pytest.fixture
def communes(now):
    """The two communes called Bình An, and Ngọc Chúc, by a short word."""
    top = added("Ủy ban nhân dân tỉnh", now=now)
    found = {}
    for word, name, district in (
        ("kl", "Bình An", "Kiên Lương"), ("ct", "Bình An", "Châu Thành"), ("nc", "Ngọc Chúc", "Giồng Riềng"),
    ):  # fmt: skip
        above = added(f"UBND huyện {district}", short_name=f"UBND H. {district}", parent_id=top.id, now=now)
        found[word] = added(f"UBND xã {name}", short_name=f"UBND X. {name}", code=word, parent_id=above.id, now=now)
    return found


def imported(*lines, now, send_links=False, **how):
    with unit_of_work():
        return import_people(actor=SYSTEM, table=people_table(*lines, **how), send_links=send_links, now=now)


def effects(done):
    return [done.plan.count(effect) for effect in (Effect.NEW, Effect.CHANGED, Effect.UNCHANGED)]


def refused(*lines, now, send_links=False, **how):
    """The problems of a list, of which nothing was taken in."""
    before = counts()
    with pytest.raises(ImportRefused) as refusal:
        imported(*lines, now=now, send_links=send_links, **how)
    assert counts() == before
    return [(problem.line, problem.field, problem.code, problem.hints) for problem in refusal.value.facts["problems"]]


def counts():
    db.session.rollback()
    kinds = (Person, Account, RoleGrant, OneTimeLink, Message, AuditEntry)
    return [db.session.scalars(select(func.count()).select_from(kind)).one() for kind in kinds]


def people():
    db.session.rollback()
    statement = select(Person.full_name, Person.title, Person.organisation_id, Person.phone, Person.email)
    return [tuple(row) for row in db.session.execute(statement.order_by(Person.id))]


def test_people_are_added_where_their_organisation_is_meant(now, communes):
    done = imported(
        "Danh Mẫu Hương;CC một cửa;nc;+84 900 000 031;huong.dm@mau.example;;",
        "Lê Mẫu Tư;;UBND X. Bình An;;;;Châu Thành",
        "Lê Mẫu Tư;;xã Bình An, huyện Kiên Lương;;;;",
        now=now,
    )
    assert effects(done) == [3, 0, 0]
    assert people() == [
        ("Danh Mẫu Hương", "CC một cửa", communes["nc"].id, "0900000031", "huong.dm@mau.example"),
        ("Lê Mẫu Tư", "", communes["ct"].id, "", ""),
        ("Lê Mẫu Tư", "", communes["kl"].id, "", ""),
    ]


def test_the_same_file_again_changes_nothing(now, communes):
    lines = ["Danh Mẫu Hương;CC;nc;0900 000 031;;x;", "Lê Mẫu Tư;;ct;;tu@mau.example;;", "Lê Mẫu Tư;;ct;0900000044;;;"]
    lines[1] = "Lê Mẫu Tư;;ct;0900000045;tu@mau.example;;"
    assert effects(imported(*lines, now=now)) == [3, 0, 0]
    before = people()
    assert effects(imported(*lines, now=now)) == [0, 0, 3]
    assert people() == before


def test_what_differs_is_changed_and_blanks_keep_what_is_known(now, communes):
    imported("Bùi Mẫu Lệ;Văn phòng;nc;0900000018;le@mau.example;;", now=now)
    done = imported("BÙI MẪU LỆ;Tư pháp;nc;;;;", now=now)
    assert done.plan.rows[0].changes == (
        Change("full_name", "Bùi Mẫu Lệ", "BÙI MẪU LỆ"),
        Change("title", "Văn phòng", "Tư pháp"),
    )
    assert people() == [("BÙI MẪU LỆ", "Tư pháp", communes["nc"].id, "0900000018", "le@mau.example")]


@pytest.mark.parametrize("shared", ["0900000018;", ";LE@mau.example"])
def test_whoever_moved_is_known_by_number_or_address(now, communes, shared):
    imported("Bùi Mẫu Lệ;;nc;0900000018;le@mau.example;;", now=now)
    done = imported(f"Bùi Mẫu Lệ;;kl;{shared};;", now=now)
    assert [change.field for change in done.plan.rows[0].changes if change.field == "organisation"] == ["organisation"]
    assert [(name, place) for name, _, place, _, _ in people()] == [("Bùi Mẫu Lệ", communes["kl"].id)]


def test_a_namesake_elsewhere_is_somebody_else(now, communes):
    imported("Bùi Mẫu Lệ;;nc;0900000018;;;", now=now)
    assert effects(imported("Bùi Mẫu Lệ;;kl;0900000019;;;", now=now)) == [1, 0, 0]


def test_one_address_may_be_that_of_an_office(now, communes):
    lines = ("Bùi Mẫu Lệ;;nc;0297000118;vp@nc.example;;", "Tô Mẫu Kiên;;nc;0297000118;vp@nc.example;;")
    assert effects(imported(*lines, now=now)) == [2, 0, 0]


def test_two_namesakes_of_one_place_are_told_by_their_numbers(now, communes):
    lines = ("Bùi Mẫu Lệ;;nc;0900000018;;;", "Bùi Mẫu Lệ;;nc;0900000019;;;")
    assert effects(imported(*lines, now=now)) == [2, 0, 0]
    assert effects(imported(*reversed(lines), now=now)) == [0, 0, 2]
    ((line, field, code, hints),) = refused("Bùi Mẫu Lệ;Tư pháp;nc;;;;", now=now)
    assert (line, field, code) == (2, "full_name", ProblemCode.SEVERAL_PEOPLE)
    assert hints == ("0900000018", "0900000019")


def test_new_namesake_does_not_push_the_known_one_out(now, communes):
    imported("Bùi Mẫu Lệ;;nc;0900000018;;;", now=now)
    done = imported("Bùi Mẫu Lệ;;nc;0900000019;;;", "Bùi Mẫu Lệ;;nc;0900000018;;;", now=now)
    assert [row.effect for row in done.plan.rows] == [Effect.NEW, Effect.UNCHANGED]


def test_zeros_taken_away_by_a_spreadsheet_come_back(now, communes):
    done = imported("Danh Mẫu Hương;;nc;900000031;;;", "Lê Mẫu Tư;;nc;2970000118;;;", now=now)
    assert done.plan.restored == 2
    assert [phone for _, _, _, phone, _ in people()] == ["0900000031", "02970000118"]


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        (";;nc;;;;", "full_name", ProblemCode.MISSING),
        ("A B;;;;;;", "organisation", ProblemCode.MISSING),
        ("A B;;nc;900 000 52;;;", "phone", ProblemCode.UNREADABLE),
        ("A B;;nc;0900000031; không;;", "email", ProblemCode.UNREADABLE),
        ("A B;;nc;;thư@mau.example;;", "email", ProblemCode.UNREADABLE),
        ("A B;;nc;;;chắc vậy;", "focal_point", ProblemCode.UNREADABLE),
        (f"{'A' * 151};;nc;;;;", "full_name", ProblemCode.TOO_LONG),
        ("A B;;Sở Không Có;;;;", "organisation", ProblemCode.UNKNOWN_PLACE),
    ],
)
def test_wrong_lines_are_named_and_nothing_is_taken(now, communes, line, field, code):
    assert refused("Người Đúng;;nc;;;;", line, now=now) == [(3, field, code, ())]


def test_two_places_of_one_name_are_told_apart_first(now, communes):
    assert refused("Lê Mẫu Tư;;UBND xã Bình An;;;;", now=now) == [
        (
            2, "organisation", ProblemCode.AMBIGUOUS_PLACE,
            ("UBND X. Bình An, UBND H. Kiên Lương", "UBND X. Bình An, UBND H. Châu Thành"),
        )
    ]  # fmt: skip


def test_a_likely_place_is_named(now, communes):
    ((_, _, code, hints),) = refused("Lê Mẫu Tư;;UBND xã Ngọc Trúc;;;;", now=now)
    assert (code, hints) == (ProblemCode.UNKNOWN_PLACE, ("UBND X. Ngọc Chúc, UBND H. Giồng Riềng",))


@pytest.mark.parametrize("again", ["Bùi Mẫu Lệ;Tư pháp;nc;;;;", "bui mau le;;UBND xã Ngọc Chúc;0900000018;;;"])
def test_twice_the_same_row_is_named_with_the_first(now, communes, again):
    found = refused("Bùi Mẫu Lệ;Văn phòng;nc;0900000018;;;", "Người Đúng;;nc;;;;", again, now=now)
    assert found == [(4, "full_name", ProblemCode.REPEATED, ("2",))]


def test_ended_organisations_are_not_meant(now):
    added("Sở Cũ", code="SC", valid_to=date(2026, 3, 17), now=now)
    assert refused("A B;;SC;;;;", now=now) == [(2, "organisation", ProblemCode.UNKNOWN_PLACE, ())]


def test_planning_needs_the_same_statements_for_many(now, communes, statements):
    seen_for = []
    for count in (2, 200):
        table = people_table(*(f"Người {n};;nc;;;x;" for n in range(count)))
        with statements() as seen:
            assert plan_people(table, on=TODAY).problems == ()
        seen_for.append(len(seen))
    assert seen_for == [2, 2]


def test_focal_points_get_no_letter_unless_asked(now, communes):
    done = imported("Bùi Mẫu Lệ;;nc;;le@mau.example;x;", now=now)
    assert (done.invited, done.granted) == (0, 0)
    assert counts()[1:5] == [0, 0, 0, 0]


def test_asked_for_focal_points_are_invited_once(now, communes):
    lines = ("Bùi Mẫu Lệ;;nc;;Le@mau.example;có;", "Tô Mẫu Kiên;;nc;;;không;")
    assert imported(*lines, now=now, send_links=True).invited == 1
    account = db.session.scalars(select(Account)).one()
    grant = db.session.scalars(select(RoleGrant)).one()
    assert (account.login, account.password_hash) == ("le@mau.example", None)
    assert (grant.role, grant.organisation_id) == (Role.FOCAL_POINT, communes["nc"].id)
    assert db.session.scalars(select(Message.recipient)).all() == ["le@mau.example"]
    again = imported(*lines, now=now, send_links=True)
    assert (again.invited, again.granted) == (0, 0)
    assert len(db.session.scalars(select(Message.id)).all()) == 1


def test_those_known_without_a_change_are_invited_too(now, communes):
    imported("Bùi Mẫu Lệ;;nc;;le@mau.example;;", now=now)
    done = imported("Bùi Mẫu Lệ;;nc;;;x;", now=now, send_links=True)
    assert (effects(done), done.invited) == ([0, 0, 1], 1)


def test_an_account_that_is_there_gets_the_role_without_a_letter(now, communes):
    person = make_person("Bùi Mẫu Lệ", organisation_id=communes["nc"].id)
    account = make_account(Role.ORGANIZER, person=person)
    done = imported("Bùi Mẫu Lệ;;nc;;;x;", now=now, send_links=True)
    assert (done.invited, done.granted) == (0, 1)
    grants = select(RoleGrant.role, RoleGrant.organisation_id).where(RoleGrant.account_id == account.id)
    assert {tuple(row) for row in db.session.execute(grants)} == {
        (Role.ORGANIZER, None), (Role.FOCAL_POINT, communes["nc"].id),
    }  # fmt: skip
    assert db.session.scalars(select(Message.id)).all() == []


def test_focal_points_need_an_address_of_their_own(now, communes):
    make_account(person=make_person(email="chu@mau.example"))
    taken = db.session.scalars(select(Account.login)).one()
    found = refused(
        "Người Một;;nc;;;x;",
        f"Người Hai;;nc;;{taken};x;",
        "Người Ba;;nc;;ba@mau.example;x;",
        "Người Tư;;kl;;ba@mau.example;x;",
        now=now,
        send_links=True,
    )
    assert found == [
        (2, "email", ProblemCode.ADDRESS_NEEDED, ()),
        (3, "email", ProblemCode.ADDRESS_TAKEN, ()),
        (5, "email", ProblemCode.ADDRESS_TAKEN, ("4",)),
    ]
    assert effects(imported("Người Một;;nc;;;x;", now=now)) == [1, 0, 0]


@pytest.mark.parametrize("word", ["x", "X", "có", "CÓ", "1", "yes", "Đầu mối", "✓"])
def test_yes_in_many_words(word):
    assert yes_or_no(word) is True


@pytest.mark.parametrize("word", ["không", "KHÔNG", "0", "no", "-"])
def test_no_in_many_words(word):
    assert yes_or_no(word) is False


@pytest.mark.parametrize("name", ["{0.__class__}", "<b>A</b>", "=1+1", "%(name)s", "O'Neil; DROP"])
def test_hostile_names_are_names(now, communes, name):
    imported(f'"{name}";;nc;;;;', now=now)
    assert [full_name for full_name, *_ in people()] == [name]


def test_what_fails_half_way_leaves_nothing(now, communes):
    before = counts()
    with pytest.raises(ZeroDivisionError), unit_of_work():
        import_people(actor=SYSTEM, table=people_table("Bùi Mẫu Lệ;;nc;;le@mau.example;x;"), send_links=True, now=now)
        raise ZeroDivisionError
    assert counts() == before
