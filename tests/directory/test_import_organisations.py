"""A list of organisations: the province of 2019 as it is, again without effect, and every kind of wrong line named."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.errors import ImportRefused
from kstthc_training.directory.importing.organisations import plan_organisations
from kstthc_training.directory.importing.plans import Change, Effect
from kstthc_training.directory.service import import_organisations
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.people.actors import SYSTEM
from tests.directory.files import organisations_table, sample_table
from tests.organisations.kept import added, fresh, name_as_of

TODAY = date(2026, 3, 18)


def imported(table, *, now, **chosen):
    with unit_of_work():
        return import_organisations(actor=SYSTEM, table=table, now=now, **chosen)


def refused(*lines, now, **how):
    """The problems of a list, of which nothing was taken in."""
    before = db.session.scalars(select(func.count(Organisation.id))).one()
    with pytest.raises(ImportRefused) as refusal:
        imported(organisations_table(*lines, **how), now=now)
    assert db.session.scalars(select(func.count(Organisation.id))).one() == before
    return [(problem.line, problem.field, problem.code, problem.hints) for problem in refusal.value.facts["problems"]]


def effects(plan):
    return [plan.count(effect) for effect in (Effect.NEW, Effect.CHANGED, Effect.UNCHANGED)]


def by_code(code):
    db.session.rollback()
    return fresh(db.session.scalars(select(Organisation).where(Organisation.code == code)).one())


def test_the_province_of_2019_is_taken_in_whole(now):
    assert effects(imported(sample_table(), now=now)) == [234, 0, 0]
    counted = (
        select(OrganisationKind.code, OrganisationLevel.code, func.count())
        .join(Organisation, Organisation.kind_id == OrganisationKind.id)
        .join(OrganisationLevel, OrganisationLevel.id == Organisation.level_id)
        .group_by(OrganisationKind.code, OrganisationLevel.code)
    )
    assert sorted(tuple(row) for row in db.session.execute(counted)) == [
        ("broadcast", "district", 15), ("broadcast", "province", 3), ("central", "central", 12),
        ("commune", "commune", 145), ("department", "province", 21), ("district", "district", 15),
        ("mass_org", "province", 8), ("office", "province", 4), ("press", "province", 11),
    ]  # fmt: skip
    parent = aliased(Organisation)
    beneath = select(func.count()).select_from(Organisation).join(parent, parent.id == Organisation.parent_id)
    assert db.session.scalars(beneath.where(parent.code == "906")).one() == 20
    assert by_code("30904").search_text.startswith("uy ban nhan dan thi tran giong rieng")
    assert name_as_of(by_code("STP").id, date(2019, 1, 1)) == "Sở Tư pháp"


def test_the_same_file_again_changes_nothing(now):
    imported(sample_table(), now=now)
    recorded = db.session.scalars(select(func.count(AuditEntry.id))).one()
    assert effects(imported(sample_table(), now=now)) == [0, 0, 234]
    assert db.session.scalars(select(func.count(AuditEntry.id))).one() == recorded + 1
    assert db.session.scalars(select(func.max(Organisation.version))).one() == 1


def test_planning_needs_the_same_statements_for_many(now, statements):
    counts = []
    for lines in (3, 150):
        table = organisations_table(*(f"M{n};Sở {n};;department;{f'M{n - 1}' if n else ''};;;" for n in range(lines)))
        with statements() as seen:
            assert plan_organisations(table, on=TODAY).problems == ()
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5


def test_parents_may_follow_and_be_named(now):
    table = organisations_table(
        "1;Xã Một;;commune;Huyện Hai;;;",
        "2;Huyện Hai;;district;KG;;;",
        "KG;Tỉnh;;office;;;;",
        ";Đài Ba;;broadcast;Huyện Hai;;;",
    )
    plan = imported(table, now=now)
    assert [row.name for row in plan.rows] == ["Tỉnh", "Huyện Hai", "Xã Một", "Đài Ba"]
    assert by_code("1").parent_id == by_code("2").id
    levels = select(OrganisationLevel.code).join(Organisation, Organisation.level_id == OrganisationLevel.id)
    assert db.session.scalars(levels.where(Organisation.name == "Đài Ba")).one() == "district"


def test_kinds_and_levels_go_by_code_and_by_either_language(now):
    heading = "mã;tên;loại;cấp"
    table = organisations_table(
        "1;A;Sở, ban, ngành;", "2;B;department;Cấp huyện", "3;C;SO, BAN, NGANH;commune", "4;D;Department;Province",
        heading=heading,
    )  # fmt: skip
    imported(table, now=now)
    codes = select(OrganisationLevel.code).join(Organisation, Organisation.level_id == OrganisationLevel.id)
    assert db.session.scalars(codes.order_by(Organisation.code)).all() == ["province", "district", "commune", "province"]


def test_what_differs_is_changed_and_blanks_keep_what_is_known(now):
    known = added("Sở Tư pháp", kind="department", level="province", code="STP", email="cu@stp.example", now=now)
    plan = imported(organisations_table("STP;Sở Tư pháp;Sở TP;department;;;0297 3862 088;"), now=now)
    assert plan.rows[0].changes == (Change("short_name", "", "Sở TP"), Change("phone", "", "0297 386 2088"))
    known = fresh(known)
    assert (known.short_name, known.email, known.phone) == ("Sở TP", "cu@stp.example", "02973862088")
    assert name_as_of(known.id, date(2019, 1, 1), short=True) == "Sở TP"


def test_another_name_is_a_new_name_from_today_on(now):
    known = added("Sở Nông nghiệp", kind="department", level="province", code="SNN", now=now)
    for _ in range(2):
        imported(organisations_table("SNN;Sở Nông nghiệp và Môi trường;;department;;;;"), now=now)
    assert name_as_of(known.id, date(2026, 3, 17)) == "Sở Nông nghiệp"
    assert name_as_of(known.id, TODAY) == "Sở Nông nghiệp và Môi trường"
    imported(organisations_table("SNN;Sở Nông nghiệp, Môi trường;;department;;;;"), now=now)
    assert name_as_of(known.id, TODAY) == "Sở Nông nghiệp, Môi trường"
    assert fresh(known).version == 3


def test_another_spelling_is_mended(now):
    known = added("Xã Hoà An", code="1", now=now)
    imported(organisations_table("1;Xã Hòa An;;commune;;;;"), now=now)
    assert name_as_of(known.id, date(2019, 1, 1)) == "Xã Hòa An"


def test_without_a_code_the_name_and_the_parent_decide(now):
    districts = [added(f"Huyện {name}", kind="district", level="district", code=name, now=now) for name in "AB"]
    known = [added("UBND xã Bình An", parent_id=district.id, now=now) for district in districts]
    plan = imported(organisations_table(";Ủy ban nhân dân xã Bình An;;commune;B;xa@b.example;;"), now=now)
    assert plan.rows[0].known_id == known[1].id
    assert (fresh(known[0]).email, fresh(known[1]).email) == ("", "xa@b.example")
    assert refused(";UBND xã Bình An;;commune;;;;", now=now) == [
        (2, "name", ProblemCode.AMBIGUOUS_PLACE, ("UBND xã Bình An, Huyện A", "Ủy ban nhân dân xã Bình An, Huyện B"))
    ]


def test_code_of_an_ended_organisation_goes_to_the_new_one(now):
    old = added("Thị trấn Dương Đông", code="31078", valid_to=date(2025, 6, 30), now=now)
    line = "31078;Đặc khu Phú Quốc;;commune;;;;01/07/2025"
    assert effects(imported(organisations_table(line), now=now)) == [1, 0, 0]
    assert (fresh(old).name, fresh(old).code) == ("Thị trấn Dương Đông", None)
    assert by_code("31078").valid_from == date(2025, 7, 1)
    assert effects(imported(organisations_table(line), now=now)) == [0, 0, 1]


def test_code_is_refused_while_its_bearer_existed(now):
    added("Thị trấn Dương Đông", code="31078", valid_to=date(2025, 6, 30), now=now)
    assert refused("31078;Đặc khu Phú Quốc;;commune;;;;30/06/2025", now=now) == [
        (2, "code", ProblemCode.CODE_TAKEN, ("Thị trấn Dương Đông",))
    ]


def test_one_that_begins_later_is_known(now):
    added("Sở Mới", kind="department", level="province", code="SM", valid_from=date(2027, 1, 1), now=now)
    assert effects(imported(organisations_table("SM;Sở Mới;;department;;;;01/01/2027"), now=now)) == [0, 0, 1]
    assert effects(imported(organisations_table("SM;Sở Mới hơn;;department;;;;"), now=now)) == [0, 1, 0]


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (["1;;;department;;;;"], [(2, "name", ProblemCode.MISSING, ())]),
        (["1;Sở A;;;;;;"], [(2, "kind", ProblemCode.MISSING, ())]),
        (["1;" + "A" * 301 + ";;department;;;;"], [(2, "name", ProblemCode.TOO_LONG, ())]),
        (["1;Sở A;;department;;;;31/02/2025"], [(2, "valid_from", ProblemCode.UNREADABLE, ())]),
        (
            ["1;Sở A;;department;;;;", "1;Sở B;;department;;;;"],
            [(3, "code", ProblemCode.REPEATED, ("2",))],
        ),
        (
            [";Sở A;;department;;;;", ";SO A;;department;;;;"],
            [(3, "name", ProblemCode.REPEATED, ("2",))],
        ),
        (["1;Sở A;;department;Không Có;;;"], [(2, "parent", ProblemCode.UNKNOWN_PLACE, ())]),
        (
            ["1;Sở A;;department;2;;;", "2;Sở B;;department;1;;;"],
            [(2, "parent", ProblemCode.PARENT_BENEATH, ()), (3, "parent", ProblemCode.PARENT_BENEATH, ())],
        ),
        (["1;Sở A;;department;1;;;"], [(2, "parent", ProblemCode.PARENT_BENEATH, ())]),
    ],
)
def test_wrong_lines_are_named_and_nothing_is_taken(now, lines, problems):
    assert refused("9;Sở Đúng;;department;;;;", *lines, now=now) == [
        (line + 1, field, code, tuple(str(int(hint) + 1) for hint in hints)) for line, field, code, hints in problems
    ]


def test_unknown_kinds_and_levels_come_with_those_there_are(now):
    ((line, field, code, hints),) = refused("1;Sở A;vụ;", heading="mã;tên;loại;cấp", now=now)
    assert (line, field, code) == (2, "kind", ProblemCode.UNKNOWN_KIND)
    assert "Sở, ban, ngành" in hints
    ((_, _, code, hints),) = refused("1;Sở A;department;cấp mây", heading="mã;tên;loại;cấp", now=now)
    assert (code, hints) == (ProblemCode.UNKNOWN_LEVEL, ("Trung ương", "Cấp tỉnh", "Cấp huyện", "Cấp xã"))


def test_all_problems_are_told_at_once(now):
    found = refused("1;;;department;;;;", "2;Sở B;;vụ;;;;", "3;Sở C;;department;Không Có;;;", now=now)
    assert [(line, code) for line, _, code, _ in found] == [
        (2, ProblemCode.MISSING), (3, ProblemCode.UNKNOWN_KIND), (4, ProblemCode.UNKNOWN_PLACE),
    ]  # fmt: skip


def test_a_parent_moved_beneath_its_own_child_is_refused(now):
    top = added("Sở A", kind="department", level="province", code="A", now=now)
    added("Phòng B", kind="department", level="province", code="B", parent_id=top.id, now=now)
    assert refused("A;Sở A;;department;B;;;", now=now) == [(2, "parent", ProblemCode.PARENT_BENEATH, ())]


def test_columns_are_found_chosen_missing_or_chosen_twice(now):
    table = organisations_table("Sở A;department;B", heading="cột một;cột hai;cột ba")
    plan = plan_organisations(table, on=TODAY)
    assert [(p.line, p.field, p.code) for p in plan.problems] == [
        (1, "name", ProblemCode.COLUMN_MISSING), (1, "kind", ProblemCode.COLUMN_MISSING),
    ]  # fmt: skip
    plan = plan_organisations(table, chosen={0: "name", 1: "kind", 2: "name"}, on=TODAY)
    assert [(p.column, p.field, p.code) for p in plan.problems] == [("cột ba", "name", ProblemCode.COLUMN_TWICE)]
    plan = plan_organisations(table, chosen={0: "name", 1: "kind", 2: "", 99: "code"}, on=TODAY)
    assert (plan.problems, effects(plan)) == ((), [1, 0, 0])


@pytest.mark.parametrize("name", ["{0.__class__}", "<script>alert(1)</script>", "=HYPERLINK(1)", "%(name)s", "' OR 1=1 --"])
def test_hostile_names_are_names(now, name):
    imported(organisations_table(f"1;{name};;department;;;;"), now=now)
    assert by_code("1").name == name
    assert effects(imported(organisations_table(f"1;{name};;department;;;;"), now=now)) == [0, 0, 1]


def test_names_in_decomposed_letters_are_the_same_names(now):
    added("Sở Tư pháp", kind="department", level="province", now=now)
    assert effects(imported(organisations_table(";So\u031b\u0309 Tu\u031b pha\u0301p;;department;;;;"), now=now)) == [
        0,
        0,
        1,
    ]


def test_what_fails_half_way_leaves_nothing(now):
    """A failure after some rows were written: the unit of work takes them all back."""
    table = organisations_table(*(f"{n};Sở {n};;department;;;;" for n in range(5)))
    with pytest.raises(ZeroDivisionError), unit_of_work():
        import_organisations(actor=SYSTEM, table=table, now=now)
        raise ZeroDivisionError
    assert db.session.scalars(select(Organisation.id)).all() == []
    assert db.session.scalars(select(AuditEntry.id)).all() == []


def test_addresses_numbers_and_days_are_read_as_on_the_page(now):
    problems = refused(
        "S1;Sở Một;;Sở, ban, ngành;;so mot@mau.example;0296 3852 123;1/1/2020",
        "S2;Sở Hai;;Sở, ban, ngành;;so2@mau.example;máy lẻ 12;1/1/2020",
        "S3;Sở Ba;;Sở, ban, ngành;;so3@mau.example;0296 3852 123;1/1/0020",
        now=now,
    )
    assert problems == [
        (2, "email", ProblemCode.UNREADABLE, ()),
        (3, "phone", ProblemCode.UNREADABLE, ()),
        (4, "valid_from", ProblemCode.UNREADABLE, ()),
    ]


def test_a_number_without_its_zero_gets_it_back(now):
    numbers = ("02963852123", "912345678", "0912345679")
    lines = [f"S{n};Sở {n};;Sở, ban, ngành;;;{number};" for n, number in enumerate(numbers)]
    assert imported(organisations_table(*lines), now=now).restored == 1
    assert by_code("S1").phone == "0912345678"
