"""Which organisation people mean: shortened, without accents, with its district, by code; two are never taken for one."""

import pytest

from kstthc_training.directory.importing.places import Place, PlaceBook, plain

PLACES = (
    Place(1, "902", "Ủy ban nhân dân huyện Kiên Lương", "UBND H. Kiên Lương", "UBND tỉnh", "UBND tỉnh Kiên Giang", "KG"),
    Place(2, "905", "Ủy ban nhân dân huyện Châu Thành", "UBND H. Châu Thành", "UBND tỉnh", "UBND tỉnh Kiên Giang", "KG"),
    Place(3, "30799", "Ủy ban nhân dân xã Bình An", "UBND X. Bình An", "UBND H. Kiên Lương", "UBND huyện Kiên Lương", "902"),
    Place(4, "30898", "Ủy ban nhân dân xã Bình An", "UBND X. Bình An", "UBND H. Châu Thành", "UBND huyện Châu Thành", "905"),
    Place(5, "30904", "Ủy ban nhân dân thị trấn Giồng Riềng", "UBND TT. Giồng Riềng", "UBND H. Giồng Riềng"),
    Place(6, "SLDTBXH", "Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH"),
    Place(7, "", "Ủy ban nhân dân xã Vĩnh Điều", "UBND X. Vĩnh Điều", "UBND H. Giang Thành"),
    Place(8, "", "Xã Hòa An", ""),
    Place(9, "", "Xã Hoa Ấn", ""),
)  # fmt: skip


@pytest.fixture
def book():
    return PlaceBook.of(PLACES)


@pytest.mark.parametrize(
    ("written", "district", "meant"),
    [
        ("Ủy ban nhân dân thị trấn Giồng Riềng", "", 5),
        ("UBND TT Giồng Riềng", "", 5),
        ("ubnd tt. giong rieng", "", 5),
        ("Thị trấn Giồng Riềng", "", 5),
        ("  UBND  Thị Trấn GIỒNG RIỀNG ", "", 5),
        ("30904", "", 5),
        ("sldtbxh", "", 6),
        ("Sở Lao động – Thương binh và Xã hội", "", 6),
        ("Sở LĐ-TB&XH", "", 6),
        ("UBND xã Vĩnh Đie\u0302\u0300u", "", 7),
        ("UBND xã Bình An", "Kiên Lương", 3),
        ("UBND xã Bình An", "huyện Châu Thành", 4),
        ("UBND xã Bình An", "905", 4),
        ("xã Bình An, huyện Kiên Lương", "", 3),
        ("UBND X. Bình An (Châu Thành)", "", 4),
        ("xã Bình An - Châu Thành", "", 4),
        ("Xã Hòa An", "", 8),
        ("xã hoa ấn", "", 9),
    ],
)
def test_one_is_meant(book, written, district, meant):
    found = book.find(written, district)
    assert found.place is not None
    assert found.place.id == meant


@pytest.mark.parametrize("written", ["UBND xã Bình An", "xã bình an", "UBND X. Bình An"])
def test_two_of_one_name_are_never_one(book, written):
    found = book.find(written)
    assert found.place is None
    assert [place.label for place in found.several] == [
        "UBND X. Bình An, UBND H. Kiên Lương", "UBND X. Bình An, UBND H. Châu Thành",
    ]  # fmt: skip


def test_accents_decide_when_nothing_else_does(book):
    assert {place.id for place in book.find("xa hoa an").several} == {8, 9}


@pytest.mark.parametrize("written", ["UBND xã Bình An, huyện Gò Quao", "Sở Không Có", "", "%", "ubnd"])
def test_nothing_is_meant(book, written):
    found = book.find(written)
    assert (found.place, found.several) == (None, ())


def test_a_slip_of_the_pen_is_guessed(book):
    assert [place.id for place in book.find("UBND xã Vĩnh Điieu").likely] == [7]


def test_guesses_are_bounded(book):
    for number in range(200):
        book.find(f"UBND xã Vĩnh Điều {number}")
    assert book.find("UBND xã Vĩnh Điieu").likely == ()


def test_units_are_words_not_parts_of_words():
    assert plain("Xã Xa Huyện") == plain("X. X. H.")
    assert plain("Phòng Tư pháp") == "phong tu phap"
