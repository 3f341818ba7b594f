"""Lists taken in at the command line: by the same rules, in words, with a status that scripts understand."""

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from tests.directory.files import SAMPLE, csv_bytes, xlsx_bytes
from tests.organisations.kept import added

PEOPLE = "họ tên;đơn vị;email;đầu mối"


@pytest.fixture
def run(app, tmp_path):
    """Runs a command of the directory on a file with this content."""

    def command(name, content, *options, file_name="tep.csv"):
        path = tmp_path / file_name
        path.write_bytes(content)
        done = app.test_cli_runner().invoke(args=["directory", name, str(path), *options])
        db.session.rollback()
        return done

    return command


def count(table):
    return db.session.scalars(select(func.count()).select_from(table)).one()


def test_the_province_of_2019(app):
    for expected in ("Thêm mới 234, cập nhật 0, không đổi 0.", "Thêm mới 0, cập nhật 0, không đổi 234."):
        done = app.test_cli_runner().invoke(args=["directory", "import-organisations", str(SAMPLE)])
        assert (done.exit_code, done.output.strip()) == (0, expected)
    db.session.rollback()
    assert count(Organisation) == 234


def test_wrong_lines_are_named_with_their_cures(run):
    content = csv_bytes("mã;tên;loại;thuộc", "1;Sở A;department;", "2;;department;", "3;Sở C;department;Không Có")
    done = run("import-organisations", content)
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "Dòng 3, tên, '': Ô này trống. Điền Tên cho dòng này.",
        "Dòng 4, thuộc, 'Không Có': Không có nơi này trong danh bạ. Thêm nơi này vào danh bạ trước, hoặc ghi mã.",
        "Error: 2 lỗi, chưa nhập dòng nào.",
    ]
    assert count(Organisation) == 0


def test_people_with_and_without_letters(run, now):
    added("Sở Tư pháp", code="STP", now=now)
    content = csv_bytes(PEOPLE, "Bùi Mẫu Lệ;STP;le@mau.example;x")
    assert run("import-people", content).output.strip() == "Thêm mới 1, cập nhật 0, không đổi 0."
    assert count(Message) == 0
    assert run("import-people", content, "--send-links").output.splitlines() == [
        "Thêm mới 0, cập nhật 0, không đổi 1.",
        "Đầu mối: gửi 1 liên kết, thêm vai trò cho 0 tài khoản.",
    ]
    assert count(Message) == 1


def test_a_sheet_is_named(run, now):
    added("Sở Tư pháp", code="STP", now=now)
    workbook = xlsx_bytes(("Bìa", ["Danh sách"], []), ("Người", ["Họ tên", "Đơn vị"], [("Bùi Mẫu Lệ", "STP")])).getvalue()
    done = run("import-people", workbook, "--sheet", "Người", file_name="tep.xlsx")
    assert (done.exit_code, count(Person)) == (0, 1)
    done = run("import-people", workbook, "--sheet", "Không có", file_name="tep.xlsx")
    assert (done.exit_code, done.output.strip()) == (1, "Error: Tệp không có trang này. Chọn một trang khác.")


@pytest.mark.parametrize(("content", "file_name"), [(b"PK\x03\x04broken", "tep.xlsx"), (b"x", "tep.docx"), (b"", "tep.csv")])
def test_a_file_that_is_no_table_is_refused_in_words(run, content, file_name):
    done = run("import-people", content, file_name=file_name)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "Traceback" not in done.output
