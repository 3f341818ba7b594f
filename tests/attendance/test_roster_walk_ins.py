"""Who came without being registered is told apart on the roster, can be looked at alone, and is noted in the workbook."""

import io

import openpyxl
import pytest

from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from tests.attendance.arrivals import NONCE, address, running_event
from tests.support.factories import make_person, make_registration

TAG = "Đến không đăng ký"


@pytest.fixture
def event(app):
    event = running_event()
    for name, source in (("Lê Mẫu An", RegistrationSource.NOMINATION), ("Danh Mẫu Ban", RegistrationSource.SELF)):
        make_registration(event, make_person(name), source=source)
    make_registration(event, make_person("Thị Mẫu Chợt"), source=RegistrationSource.WALK_IN, seated=False)
    return event


def roster(organizer, event, query=""):
    """Names and the tags beside them."""
    page = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh{query}")
    return [(td.xpath("string(b)"), td.xpath("string(span)")) for td in page.xpath("//td[@class='main' and b]")]


def test_walk_ins_bear_a_tag(organizer, event):
    assert roster(organizer, event) == [("Lê Mẫu An", ""), ("Danh Mẫu Ban", ""), ("Thị Mẫu Chợt", TAG)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?nguon=tai-cua", ["Thị Mẫu Chợt"]),
        ("?nguon=dang-ky", ["Lê Mẫu An", "Danh Mẫu Ban"]),
        ("?nguon=dang-ky&q=ban", ["Danh Mẫu Ban"]),
        ("?nguon=tai-cua&loc=present", []),
        ("?nguon=ai-do", ["Lê Mẫu An", "Danh Mẫu Ban", "Thị Mẫu Chợt"]),
    ],
)
def test_the_roster_is_narrowed_to_walk_ins_or_to_the_registered(organizer, event, query, names):
    assert [name for name, _tag in roster(organizer, event, query)] == names


def test_the_filter_stands_as_it_was_chosen(organizer, event):
    page = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh?nguon=tai-cua")
    assert page.xpath("//select[@name='nguon']/option[@selected]/text()") == [TAG]


def test_whoever_was_let_in_at_the_door_bears_the_tag(organizer, event):
    person = make_person("Thạch Mẫu Đến")
    organizer.post(address(event), data={"person": str(person.id), "nonce": NONCE})
    assert ("Thạch Mẫu Đến", TAG) in roster(organizer, event)


def test_the_workbook_notes_walk_ins(organizer, event):
    answer = organizer.get(f"/hop/{event.code}/quan-ly/diem-danh.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[0][-1] == "Ghi chú"
    noted = {row[1]: row[-1] or "" for row in rows[1:]}
    assert noted == {"Lê Mẫu An": "", "Danh Mẫu Ban": "", "Thị Mẫu Chợt": TAG}


def test_a_substitute_stands_with_the_name_of_whom_he_replaces(organizer, event):
    gone = make_registration(event, make_person("Mai Mẫu Đi"), state=RegistrationState.CANCELLED)
    make_registration(event, make_person("Mai Mẫu Thay"), substitute_for_id=gone.id)
    assert "thay Mai Mẫu Đi" in organizer.page(f"/hop/{event.code}/quan-ly/diem-danh").text_content()
    answer = organizer.get(f"/hop/{event.code}/quan-ly/diem-danh.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert {row[1]: row[-1] for row in rows[1:]}["Mai Mẫu Thay"] == "thay Mai Mẫu Đi"
