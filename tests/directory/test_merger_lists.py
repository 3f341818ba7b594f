"""A list of mergers from a file: which are meant, what is wrong in it, and that it is carried out whole or not at all."""

import io
from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kstthc_training.db import db
from kstthc_training.directory.models import DirectoryAct, DirectoryImport
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from tests.directory.files import csv_bytes
from tests.directory.mergers import only
from tests.directory.pages import keeper
from tests.directory.test_index_page import texts
from tests.support.factories import make_account, make_organisation, make_person

DAY = date(2025, 7, 1)
HEADING = "old_code,old_name,old_district_code,old_district_name,new_code,new_name,extent".replace(",", ";")
ON = {"effective_on": "01/07/2025", "legal_basis": "Nghị quyết 1654"}


def commune(name, parent=None, **fields):
    return make_organisation(name, kind="commune", level="commune", parent_id=parent.id if parent else None, **fields)


@pytest.fixture
def world(now):
    """Two districts that each have a Bình An, two communes more, and the new ones, one under an old one's name."""
    one, other = (
        make_organisation(f"UBND huyện {name}", kind="district", level="district") for name in ("Châu Thành", "Kiên Lương")
    )
    return {
        "bình an 1": commune("UBND xã Bình An", one), "bình an 2": commune("UBND xã Bình An", other),
        "hòa thuận": commune("UBND xã Hòa Thuận", one), "ngọc hòa": commune("UBND xã Ngọc Hòa", one),
        "mới": commune("UBND xã Hòa Thuận", valid_from=DAY), "khác": commune("UBND xã Thạnh Lộc", valid_from=DAY),
    }  # fmt: skip


@pytest.fixture
def client(client_for, world):
    return keeper(client_for)


def handed_in(client, *lines, heading=HEADING):
    content = csv_bytes(heading, *lines)
    values = {"kind": "mergers", "file": FileStorage(io.BytesIO(content), filename="sap-nhap.csv")}
    boundary, body = encode_multipart(values)
    answer = client.post("/danh-ba/nhap", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 303, answer.text
    return answer.location


GOOD = (
    "1;Xã Hòa Thuận;9;Huyện Châu Thành;1;Xã Hòa Thuận;whole",
    "2;Xã Ngọc Hòa;9;Huyện Châu Thành;1;Xã Hòa Thuận;whole",
    "3;Xã Bình An;9;Huyện Kiên Lương;2;Xã Thạnh Lộc;whole",
)


def count(table):
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(table)).one()


def test_lines_with_one_new_organisation_are_one_merger(client):
    address = handed_in(client, *GOOD)
    assert texts(client.page(address), "//h2[@id='se-lam']") == []
    answer = client.get(address, query_string=ON)
    page = html.fromstring(answer.text)
    assert texts(page, "//h2[@id='se-lam']") == ["2 lần sáp nhập"]
    assert texts(page, "//td[@class='sub']") == [
        "UBND xã Hòa Thuận, UBND huyện Châu Thành; UBND xã Ngọc Hòa, UBND huyện Châu Thành",
        "UBND xã Bình An, UBND huyện Kiên Lương",
    ]
    assert count(DirectoryAct) == 0


def test_a_list_is_carried_out_whole_each_merger_an_act_of_its_own(client, world):
    person = make_person(organisation_id=world["bình an 2"].id)
    address = handed_in(client, *GOOD)
    answer = client.post(address, data=ON)
    assert (answer.status_code, answer.location) == (303, "/danh-ba/sap-nhap")
    assert count(DirectoryAct) == 2
    rows = db.session.execute(select(Succession.predecessor_id, Succession.successor_id).order_by(Succession.id)).all()
    into, other = world["mới"].id, world["khác"].id
    assert rows == [(world["hòa thuận"].id, into), (world["ngọc hòa"].id, into), (world["bình an 2"].id, other)]
    assert only(Person, id=person.id).organisation_id == other
    assert only(Organisation, id=world["bình an 2"].id).valid_to == DAY - timedelta(days=1)
    assert only(Organisation, id=world["bình an 1"].id).valid_to is None
    assert client.post(address, data=ON).location == "/danh-ba/sap-nhap"
    assert count(DirectoryAct) == 2
    assert (only(DirectoryImport).new, only(DirectoryImport).file_id) == (2, None)


def test_the_same_list_again_changes_nothing(client):
    client.post(handed_in(client, *GOOD), data=ON)
    client.post(handed_in(client, *GOOD), data=ON)
    assert count(DirectoryAct) == 2


def test_several_lines_of_one_old_organisation_are_a_split_and_a_part_leaves_it(client, world):
    lines = (
        "1;Xã Ngọc Hòa;;;1;Xã Thạnh Lộc;part",
        "1;Xã Ngọc Hòa;;;1;Xã Hòa Thuận;part",
        "2;Xã Hòa Thuận;;;2;Xã Thạnh Lộc;một phần",
    )
    person = make_person(organisation_id=world["ngọc hòa"].id)
    client.post(handed_in(client, *lines), data=ON)
    assert only(Person, id=person.id).organisation_id == world["khác"].id
    assert only(Organisation, id=world["ngọc hòa"].id).valid_to == DAY - timedelta(days=1)
    assert only(Organisation, id=world["hòa thuận"].id).valid_to is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1;Xã Bình An;;;1;Xã Thạnh Lộc;whole", "2 nơi cùng tên"),
        ("1;Xã Lạ Hoắc;;;1;Xã Thạnh Lộc;whole", "Không có nơi này trong danh bạ."),
        ("1;Xã Ngọc Hòa;;;1;Xã Chưa Có;whole", "Không có nơi này trong danh bạ."),
        ("1;Xã Ngọc Hòa;;;1;Xã Thạnh Lộc;gần hết", "Không rõ toàn bộ hay một phần."),
        ("1;;;;1;Xã Thạnh Lộc;whole", "Ô này trống."),
        (GOOD[0], "Lặp lại dòng 2."),
    ],
)
def test_what_is_wrong_is_said_by_line_and_nothing_is_written(client, line, words):
    address = handed_in(client, GOOD[0], line)
    page = html.fromstring(client.get(address, query_string=ON).text)
    assert texts(page, "//td[@class='hide r muted']") == ["3"]
    assert words in texts(page, "//span[@class='c-bad small']")[0]
    assert client.post(address, data=ON).status_code == 422
    assert (count(DirectoryAct), count(Succession)) == (0, 0)


def test_a_missing_column_and_a_day_that_is_none_are_said(client):
    address = handed_in(client, "Xã Ngọc Hòa;x", heading="old_name;ghi chú")
    assert "Chưa biết cột nào là Nơi mới." in client.get(address, query_string=ON).text
    answer = client.get(address, query_string={"effective_on": "32/07/2025"})
    assert (answer.status_code, "Ngày không đọc được" in answer.text) == (422, True)
    assert client.post(address, data={"effective_on": ""}).status_code == 422


def test_a_merger_that_is_refused_takes_the_whole_list_back(client):
    make_organisation("Báo Mẫu", kind="press")
    address = handed_in(client, *GOOD, "4;Báo Mẫu;;;2;Xã Bình An, Châu Thành;whole")
    answer = client.post(address, data=ON)
    assert (answer.status_code, "cơ quan báo chí" in answer.text) == (422, True)
    assert (count(DirectoryAct), count(Succession)) == (0, 0)


def test_a_list_is_seen_by_whoever_handed_it_in_alone(client, client_for):
    address = handed_in(client, *GOOD)
    assert keeper(client_for).get(address).status_code == 404
    assert client_for(make_account(Role.LEADER)).get(address).status_code == 403
    assert client.get(address.replace("sap-nhap/tu-tep", "nhap")).location == address


def test_a_list_of_many_is_read_in_as_few_statements_as_one_of_few(client, statements):
    few, many = handed_in(client, GOOD[2]), handed_in(client, *GOOD)
    seen = []
    for address in (few, many):
        with statements() as asked:
            client.get(address, query_string=ON)
        seen.append(len(asked))
    assert seen[0] == seen[1]
