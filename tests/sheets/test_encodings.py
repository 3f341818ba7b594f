import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.sheets.encodings import decoded
from kstthc_training.sheets.refusals import ContentMismatch, UnknownEncoding

TEXT = "Họ và tên;Đơn vị\r\nNguyễn Thị Bảy;Sở Nội vụ – “Rạch Giá”\r\n"
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def windows_1258(text: str) -> bytes:
    """Text as old Vietnamese Windows wrote it: letters first, their tones after them."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in _TONES)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        out += (base + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    "octets",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        windows_1258(TEXT),
    ],
    ids=["UTF-8", "UTF-8 marked", "UTF-16LE marked", "UTF-16BE marked", "UTF-16LE", "UTF-16BE", "Windows-1258"],
)
def test_decoded_reads_every_encoding_that_is_certain(octets: bytes) -> None:
    assert decoded("a.csv", octets) == TEXT


@pytest.mark.parametrize(
    "octets",
    [
        b"Ten\r\nFran\xe7ois, Nguy\xea\xden\r\n",
        b"Ten\r\nNguy\xd4n Th\xb8i\r\n",
        b"Ten\r\ncaf\xe9\r\n",
        b"Ten\r\n\xff\xfe\xfd\r\n",
        b"Ten\r\n\x8d\r\n",
    ],
    ids=["French", "TCVN3", "one accent", "noise", "undefined octet"],
)
def test_decoded_refuses_what_could_be_anything_and_names_the_line(octets: bytes) -> None:
    with pytest.raises(UnknownEncoding) as refused:
        decoded("a.csv", octets)
    assert refused.value.facts == {"filename": "a.csv", "line": 2}


def test_decoded_refuses_broken_utf_8_after_its_mark() -> None:
    with pytest.raises(UnknownEncoding) as refused:
        decoded("a.csv", codecs.BOM_UTF8 + b"a\nb\nc\xe1\xbb\n")
    assert refused.value.facts["line"] == 3


def test_decoded_refuses_half_a_letter_of_utf_16() -> None:
    with pytest.raises(UnknownEncoding) as refused:
        decoded("a.csv", codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00")
    assert refused.value.facts["line"] == 2


@pytest.mark.parametrize(
    "octets",
    [b"a\0b\0\0c", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", codecs.BOM_UTF8 + b"a\0b", codecs.BOM_UTF16_LE + b"a\0\0\0"],
)
def test_decoded_refuses_what_is_no_text(octets: bytes) -> None:
    with pytest.raises(ContentMismatch) as refused:
        decoded("anh.csv", octets)
    assert refused.value.facts == {"filename": "anh.csv", "extension": "csv"}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_any_text_in_utf_8_comes_out_the_same(text: str) -> None:
    assert decoded("a.csv", text.encode()) == decoded("a.csv", text.encode("utf-8-sig")) == text


@given(st.text("aăâđêôơưbcxyzĂÂĐÊÔƠƯ ;\r\n"), st.sampled_from("ạảãàáặằậồớựỹỵĨỤ"))
def test_any_vietnamese_text_in_windows_1258_comes_out_the_same(text: str, toned: str) -> None:
    assert decoded("a.csv", windows_1258(text + toned)) == text + toned
