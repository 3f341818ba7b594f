"""The pages of mandatory trainings: who sees them, what is refused, and that lists of any length ask as often."""

import io

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.mandates.models import Mandate, MandatePerson
from kstthc_training.people.enums import Role
from kstthc_training.sheets import read_table
from tests.directory.files import csv_bytes
from tests.mandates.ordered import ordered, standings
from tests.reports.made import PRESENT, at, hold
from tests.support.factories import make_account, make_event, make_organisation, make_person


@pytest.fixture
def organizer(client_for):
    return client_for(make_account(Role.ORGANIZER))


def listed(mandate_id):
    return db.session.execute(
        select(func.count()).select_from(MandatePerson).where(MandatePerson.mandate_id == mandate_id)
    ).scalar_one()


def test_an_ordered_training_is_listed_and_shown(organizer):
    answer = organizer.post("/bat-buoc/moi", data={"name": "Một cửa", "document": "214/KH-UBND", "due_on": "31/03/2026"})
    mandate = db.session.scalars(select(Mandate)).one()
    assert (answer.status_code, answer.location) == (303, f"/bat-buoc/{mandate.id}/them")
    assert "Một cửa" in organizer.get("/bat-buoc").text
    shown = organizer.get(f"/bat-buoc/{mandate.id}").text
    assert "Theo 214/KH-UBND" in shown and "Chưa có ai phải dự" in shown


def test_a_training_without_name_or_day_is_refused_and_what_was_typed_stays(organizer):
    answer = organizer.post("/bat-buoc/moi", data={"name": "", "document": "214/KH-UBND", "due_on": "31/02/2026"})
    assert answer.status_code == 422
    assert "214/KH-UBND" in answer.text and "31/02/2026" in answer.text
    assert db.session.scalars(select(Mandate)).all() == []


def test_what_somebody_else_saved_meanwhile_is_shown_beside(organizer):
    mandate = ordered()
    said = {"name": "Tên một", "due_on": "31/03/2026", "version": "1"}
    assert organizer.post(f"/bat-buoc/{mandate}/sua", data=said).status_code == 303
    answer = organizer.post(f"/bat-buoc/{mandate}/sua", data={**said, "name": "Tên hai"})
    assert answer.status_code == 422
    assert "Tên một" in answer.text and "Tên hai" in answer.text
    assert organizer.post(f"/bat-buoc/{mandate}/sua", data={**said, "name": "Tên hai", "version": "2"}).status_code == 303


def test_leaders_read_and_change_nothing_others_see_nothing(client_for, client):
    mandate = ordered(make_person("Lê An"))
    leader, member = client_for(make_account(Role.LEADER)), client_for(make_account())
    for address in ("/bat-buoc", f"/bat-buoc/{mandate}", f"/bat-buoc/{mandate}.xlsx"):
        assert leader.get(address).status_code == 200
        assert member.get(address).status_code == 403
        assert client.get(address).status_code == 303
    assert "Bỏ khỏi danh sách" not in leader.get(f"/bat-buoc/{mandate}").text
    for address in ("mien", "thoi-mien", "bo", "cuoc", "cuoc/bo", "rut", "tra-lai", "them", "tep", "sua"):
        assert leader.post(f"/bat-buoc/{mandate}/{address}", data={"id": "1"}).status_code == 403
    assert listed(mandate) == 1


def test_a_number_that_nobody_gave_is_unknown(organizer):
    for address in ("", "/sua", "/them", ".xlsx"):
        assert organizer.get(f"/bat-buoc/999{address}").status_code == 404
    assert organizer.post(f"/bat-buoc/{ordered()}/cuoc", data={"event": "999"}).status_code == 404
    assert organizer.post(f"/bat-buoc/{ordered()}/cuoc").status_code == 404


def test_the_part_with_the_list_is_cut_out_of_the_page(organizer):
    mandate = ordered(make_person("Lê An"), make_person("Trần Bình"))
    for address, target in (
        ("/bat-buoc?q=kiem", "danh-sach"), (f"/bat-buoc/{mandate}?q=an", "danh-sach"),
        (f"/bat-buoc/{mandate}/them?q=an", "ket-qua"),
    ):  # fmt: skip
        organizer.get(address)
        part = organizer.fragment(address, target).text.strip()
        assert part.startswith("<") and f'id="{target}"' in part and "<html" not in part


def test_people_are_found_and_put_on_the_list_alone_or_as_a_whole_organisation(organizer):
    office = make_organisation("Sở Nội vụ")
    one = make_person("Lê An")
    for _ in range(2):
        make_person(organisation_id=office.id)
    mandate = ordered()
    assert "Lê An" in organizer.get(f"/bat-buoc/{mandate}/them?q=le an").text
    assert organizer.post(f"/bat-buoc/{mandate}/them", data={"id": str(one.id)}).location == f"/bat-buoc/{mandate}"
    assert "Thêm cả đơn vị" in organizer.get(f"/bat-buoc/{mandate}/them?q=noi vu").text
    organizer.post(f"/bat-buoc/{mandate}/them", data={"organisation": str(office.id)})
    assert listed(mandate) == 3
    assert organizer.post(f"/bat-buoc/{mandate}/them").location == f"/bat-buoc/{mandate}/them"


def test_a_file_is_looked_at_before_anything_is_written(organizer):
    person, mandate = make_person("Lê An"), ordered()
    content = csv_bytes("Họ và tên;Đơn vị", "Lê An;", "Trần Không;Sở Mẫu")
    answer = organizer.post(f"/bat-buoc/{mandate}/tep", data={"file": (io.BytesIO(content), "ds.csv")})
    assert answer.status_code == 200
    assert f'name="id" value="{person.id}"' in answer.text
    assert "Không có ai như vậy trong danh bạ" in answer.text and "Trần Không · Sở Mẫu" in answer.text
    assert listed(mandate) == 0


@pytest.mark.parametrize("file", [(b"", ""), (b"", "trong.csv"), (b"abc", "anh.png")])
def test_a_file_that_is_no_list_is_refused(organizer, file):
    content, name = file
    answer = organizer.post(f"/bat-buoc/{ordered()}/tep", data={"file": (io.BytesIO(content), name)} if name else {})
    assert answer.status_code == 422


def test_those_ticked_are_exempted_by_a_document_asked_again_and_taken_off(organizer):
    person, mandate = make_person("Lê An"), ordered()
    organizer.post(f"/bat-buoc/{mandate}/them", data={"id": str(person.id)})
    ticked = {"id": str(person.id)}
    refused = organizer.post(f"/bat-buoc/{mandate}/mien?tt=chua-du", data=ticked)
    assert refused.status_code == 422 and "Hãy ghi số văn bản" in refused.text
    answer = organizer.post(f"/bat-buoc/{mandate}/mien?tt=chua-du", data={**ticked, "document": "12/QĐ-SNV"})
    assert answer.location == f"/bat-buoc/{mandate}?tt=chua-du"
    assert standings(mandate) == {"Lê An": "exempt"}
    organizer.post(f"/bat-buoc/{mandate}/thoi-mien", data=ticked)
    assert standings(mandate) == {"Lê An": "due"}
    organizer.post(f"/bat-buoc/{mandate}/bo", data=ticked)
    assert standings(mandate) == {}
    for verb in ("mien", "thoi-mien", "bo"):
        assert organizer.post(f"/bat-buoc/{mandate}/{verb}", data={"document": "1"}).status_code == 422


def test_an_event_is_counted_and_left_on_the_page(organizer):
    person = make_person("Lê An")
    mandate, event = ordered(person), hold(at(2, 3), [(person, None, PRESENT)], title="Lớp tháng Ba")
    organizer.post(f"/bat-buoc/{mandate}/cuoc", data={"event": str(event.id)})
    assert standings(mandate) == {"Lê An": "done"}
    assert "Lớp tháng Ba" in organizer.get(f"/bat-buoc/{mandate}?tt=da-du").text
    organizer.post(f"/bat-buoc/{mandate}/cuoc/bo", data={"event": str(event.id)})
    assert standings(mandate) == {"Lê An": "due"}


def test_withdrawing_offers_the_way_back(organizer):
    mandate = ordered()
    organizer.post(f"/bat-buoc/{mandate}/rut")
    assert f"/bat-buoc/{mandate}/tra-lai" in organizer.get(f"/bat-buoc/{mandate}").text
    assert "Kiểm soát thủ tục" in organizer.get("/bat-buoc?xem=da-rut").text
    organizer.post(f"/bat-buoc/{mandate}/tra-lai")
    assert "Chưa rút khóa nào" in organizer.get("/bat-buoc?xem=da-rut").text


def test_the_workbook_holds_the_list_as_filtered_and_who_took_it_is_recorded(organizer):
    came, left = make_person("Lê An"), make_person("=Trần Bình")
    mandate = ordered(came, left, events=(hold(at(2, 3), [(came, None, PRESENT)]),))
    whole = read_table("tep.xlsx", organizer.get(f"/bat-buoc/{mandate}.xlsx").data)
    assert [row.at(1) for row in whole.rows] == ["Lê An", "=Trần Bình"]
    part = read_table("tep.xlsx", organizer.get(f"/bat-buoc/{mandate}.xlsx?tt=da-du").data)
    assert [(row.at(1), row.at(6), row.at(7)) for row in part.rows] == [("Lê An", "Đã dự", "02/03/2026")]


def test_pages_ask_as_often_however_long_the_lists(organizer, statements):
    def add():
        people = [make_person() for _ in range(3)]
        return ordered(*people, events=(hold(at(2, 3), [(people[0], None, PRESENT)]), make_event()))

    def asked(address):
        organizer.get(address)
        with statements() as seen:
            assert organizer.get(address).status_code == 200
        return len(seen)

    mandate = add()
    before = [asked(address) for address in ("/bat-buoc", f"/bat-buoc/{mandate}", f"/bat-buoc/{mandate}/them?q=mau")]
    for _ in range(4):
        mandate = ordered(*(make_person() for _ in range(6)), events=tuple(make_event() for _ in range(3)))
        add()
    assert [asked(address) for address in ("/bat-buoc", f"/bat-buoc/{mandate}", f"/bat-buoc/{mandate}/them?q=mau")] == before
