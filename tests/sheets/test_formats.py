import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kstthc_training.sheets import LIMITS, Column, Sheet, SheetRefused, read_table, write_csv, write_xlsx
from kstthc_training.sheets.formats import Format, format_of
from kstthc_training.sheets.refusals import (
    BrokenFile,
    ContentMismatch,
    EmptyTable,
    FileTooLarge,
    LockedWorkbook,
    UnknownFormat,
    UnpacksTooLarge,
)

FILES = Path(__file__).parent / "files"
XLSX = write_xlsx([Sheet("A", [Column("Họ và tên")], [["Nguyễn Thị Bảy"]])])
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def encrypted_flags(octets: bytes) -> bytes:
    """The same archive, its members marked as encrypted."""
    out = bytearray(octets)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


@pytest.mark.parametrize(
    ("filename", "content", "kind"),
    [
        ("a.csv", b"x", Format.DELIMITED),
        ("Danh sách.CSV", b"x", Format.DELIMITED),
        ("a.b.tsv", b"x", Format.DELIMITED),
        ("a.txt", b"x", Format.DELIMITED),
        ("a.XLSX", XLSX, Format.XLSX),
        ("a.xls", (FILES / "cu-tham-du.xls").read_bytes(), Format.XLS),
        ("a.ods", (FILES / "cu-tham-du.ods").read_bytes(), Format.ODS),
    ],
)
def test_format_of_goes_by_name_and_content(filename: str, content: bytes, kind: Format) -> None:
    assert format_of(filename, content, LIMITS) is kind


@pytest.mark.parametrize("filename", ["a", "a.pdf", "csv", "a.xlsx.exe", "a.xlsm", "", "a."])
def test_format_of_refuses_other_extensions(filename: str) -> None:
    with pytest.raises(UnknownFormat) as refused:
        format_of(filename, b"x", LIMITS)
    assert refused.value.facts["filename"] == filename
    assert refused.value.facts["known"] == ("csv", "tsv", "txt", "xlsx", "xls", "ods")


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.csv", XLSX),
        ("a.xlsx", b"STT;Ten\r\n"),
        ("a.xls", XLSX),
        ("a.xls", b"<html><table>"),
        ("a.ods", XLSX),
        ("a.xlsx", COMPOUND + b"\0" * 600),
        ("a.xlsx", archive({"word/document.xml": b"", "[Content_Types].xml": b""})),
        ("a.xlsx", archive({"a.txt": b"a"})),
        ("a.csv", b"%PDF-1.7\n\0\x01\x02"),
        ("a.csv", COMPOUND),
    ],
)
def test_read_table_refuses_a_file_that_is_not_what_its_name_says(filename: str, content: bytes) -> None:
    with pytest.raises(ContentMismatch) as refused:
        read_table(filename, content)
    assert refused.value.facts == {"filename": filename, "extension": filename[2:]}


def test_format_of_counts_octets_to_the_last() -> None:
    limits = replace(LIMITS, octets=3)
    assert format_of("a.csv", b"abc", limits) is Format.DELIMITED
    with pytest.raises(FileTooLarge) as refused:
        format_of("a.csv", b"abcd", limits)
    assert refused.value.facts == {"octets": 4, "limit": 3}


def test_format_of_adds_up_declared_sizes_before_unpacking() -> None:
    bomb = archive({"[Content_Types].xml": b"x", "xl/a.xml": b"0" * 60_000_000, "xl/b.xml": b"0" * 60_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(UnpacksTooLarge) as refused:
        read_table("bom.xlsx", bomb)
    assert refused.value.facts == {"octets": 120_000_001, "limit": 100_000_000}


def test_read_table_refuses_a_workbook_of_too_many_parts() -> None:
    parts = {"[Content_Types].xml": b"", **{f"xl/{number}": b"" for number in range(LIMITS.parts - 1)}}
    assert format_of("a.xlsx", archive(parts), LIMITS) is Format.XLSX
    with pytest.raises(UnpacksTooLarge):
        read_table("a.xlsx", archive({**parts, "xl/one": b""}))


@pytest.mark.parametrize("keep", [10, 100, len(XLSX) - 30])
def test_read_table_refuses_a_torn_archive(keep: int) -> None:
    with pytest.raises(BrokenFile):
        read_table("a.xlsx", XLSX[:keep])


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.xlsx", archive({"[Content_Types].xml": b"x", "xl/workbook.xml": b"<"})),
        ("a.xlsx", archive({"[Content_Types].xml": b"", "xl/x": b""})),
        ("a.ods", archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<"})),
        ("a.ods", archive({"mimetype": b"text/plain", "content.xml": b"<a/>"})),
        ("a.xls", COMPOUND + b"\0" * 600),
        ("a.xls", COMPOUND),
    ],
)
def test_read_table_refuses_broken_workbooks(filename: str, content: bytes) -> None:
    with pytest.raises(BrokenFile) as refused:
        read_table(filename, content)
    assert refused.value.facts == {"filename": filename, "line": None}


@pytest.mark.parametrize("name", ["cu-tham-du.xls", "cu-tham-du.ods", "cu-tham-du.xlsx"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_read_table_answers_torn_real_files_with_a_refusal_or_a_table(name: str, share: float) -> None:
    whole = (FILES / name).read_bytes()
    noise = bytes(255 - octet for octet in whole[int(len(whole) * share) :][:200])
    torn = whole[: int(len(whole) * share)] + noise + whole[int(len(whole) * share) + 200 :]
    try:
        table = read_table(name, torn)
    except SheetRefused as refusal:
        assert type(refusal) in (BrokenFile, ContentMismatch, EmptyTable, LockedWorkbook, UnpacksTooLarge)
    else:
        assert table.filename == name


def test_read_table_refuses_encrypted_workbooks() -> None:
    for content in (encrypted_flags(XLSX), COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")):
        with pytest.raises(LockedWorkbook):
            read_table("a.xlsx", content)


def empty_workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b" \r\n;;\r\n\t\r\n"),
        ("a.csv", write_csv([], [])),
        ("a.xlsx", b""),
        ("a.xlsx", empty_workbook()),
    ],
)
def test_read_table_refuses_what_holds_no_filled_cell(filename: str, content: bytes) -> None:
    with pytest.raises(EmptyTable):
        read_table(filename, content)
