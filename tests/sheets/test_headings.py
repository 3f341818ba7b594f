import pytest

from kstthc_training.sheets import ColumnMatch, Row, Table, choose_columns, map_columns
from kstthc_training.sheets.refusals import NoSuchColumn

FIELDS = {
    "name": ["họ và tên", "họ tên"],
    "position": ["chức vụ", "chức danh"],
    "organisation": ["đơn vị", "cơ quan"],
    "phone": ["số điện thoại", "điện thoại", "sđt"],
    "email": ["email", "thư điện tử"],
}


def table(*header: str) -> Table:
    return Table("a.csv", 1, header, (Row(2, header),))


def columns(*header: str) -> dict[str, tuple[int, float]]:
    return {field: (m.column, m.confidence) for field, m in map_columns(table(*header), FIELDS).matches.items()}


@pytest.mark.parametrize(
    "heading",
    ["Họ và tên", "HỌ VÀ TÊN", "ho va ten", " Họ  và\ntên: ", "Ho\u0323 va\u0300 te\u0302n", "Họ tên", "Họ và tên (*)"],
)
def test_map_columns_is_sure_of_the_very_words(heading: str) -> None:
    assert columns("STT", heading) == {"name": (1, 1.0)}


@pytest.mark.parametrize("heading", ["Họ và tên (chữ in hoa)", "[2] Họ và tên"])
def test_map_columns_is_nearly_sure_when_notes_stand_in_brackets(heading: str) -> None:
    assert columns(heading) == {"name": (0, 0.95)}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ và tên người tham dự", "name"),
        ("Cơ quan, đơn vị công tác", "organisation"),
        ("SĐT di động", "phone"),
        ("Địa chỉ email", "email"),
        ("Điện thọai", "phone"),
        ("Số địện thoaị", "phone"),
        ("Chức vu, chức danh", "position"),
        ("Số điẹn thoai ", "phone"),
        ("Số đien thọi", "phone"),
    ],
)
def test_map_columns_guesses_from_words_inside_and_small_slips(heading: str, field: str) -> None:
    ((found, (_, confidence)),) = columns(heading).items()
    assert found == field
    assert 0.6 < confidence <= 1.0


@pytest.mark.parametrize("heading", ["", "STT", "Ghi chú", "(*)", "Tên", "Email" * 60, "?"])
def test_map_columns_leaves_out_what_it_does_not_know(heading: str) -> None:
    fields = {field: words for field, words in FIELDS.items() if field not in ("name", "phone")}
    assert map_columns(table(heading), fields).matches == {}


def test_map_columns_gives_the_surest_pair_first() -> None:
    mapped = map_columns(table("Tên đơn vị", "Đơn vị", "Họ tên"), {"name": ["tên", "họ tên"], "organisation": ["đơn vị"]})
    assert (mapped.column("name"), mapped.column("organisation")) == (2, 1)
    assert mapped.unused == ("Tên đơn vị",)


def test_map_columns_uses_each_column_and_each_field_once() -> None:
    mapped = map_columns(table("Email", "Email", "Thư điện tử"), {"email": ["email"], "second": ["email", "thư điện tử"]})
    assert {field: match.column for field, match in mapped.matches.items()} == {"email": 0, "second": 1}
    assert mapped.unused == ("Thư điện tử",)


def test_map_columns_names_what_is_missing_and_what_is_unused() -> None:
    mapped = map_columns(table("STT", "Họ và tên", "", "Ghi chú"), FIELDS)
    assert mapped.missing == ("position", "organisation", "phone", "email")
    assert mapped.unused == ("STT", "Ghi chú")
    assert mapped.column("email") is None


def test_choose_columns_takes_what_a_person_chose() -> None:
    mapped = choose_columns(table("A", "B", "C"), FIELDS, {"name": 2, "email": 0, "phone": None})
    assert mapped.matches == {"name": ColumnMatch("name", 2, "C", 1.0), "email": ColumnMatch("email", 0, "A", 1.0)}
    assert mapped.missing == ("position", "organisation", "phone")
    assert mapped.unused == ("B",)


@pytest.mark.parametrize("column", [-1, 3, 99])
def test_choose_columns_refuses_a_column_the_table_lacks(column: int) -> None:
    with pytest.raises(NoSuchColumn) as refused:
        choose_columns(table("A", "B", "C"), FIELDS, {"name": column})
    assert refused.value.facts == {"field": "name", "column": column, "columns": 3}
