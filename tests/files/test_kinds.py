"""Which files are taken, by ending and by content."""

import io
import struct
import zipfile

import pytest

from kstthc_training.files.kinds import NotWhatItSays, recognise

DOCX = {"[Content_Types].xml": b"x", "word/document.xml": b"x"}


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def said_to_unpack_to(octets: bytes, size: int) -> bytes:
    """The same archive, its last part said to unpack to `size` octets."""
    return patched(octets, 24, struct.pack("<I", size))


def patched(octets: bytes, offset: int, patch: bytes) -> bytes:
    """The same archive, its last part's entry in the directory written over at `offset`."""
    at = octets.rfind(b"PK\x01\x02") + offset
    return octets[:at] + patch + octets[at + len(patch) :]


def kind_of(folder, octets: bytes) -> str:
    path = folder / "key"
    path.write_bytes(octets)
    return recognise("Báo cáo.DOCX", path)


def test_a_document_is_known_by_its_parts(tmp_path):
    wanted = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert kind_of(tmp_path, archive(DOCX)) == wanted
    assert kind_of(tmp_path, said_to_unpack_to(archive(DOCX), 999_999_999)) == wanted
    assert kind_of(tmp_path, archive({**DOCX, **{f"word/{n}": b"" for n in range(9_998)}})) == wanted


@pytest.mark.parametrize(
    "octets",
    [
        said_to_unpack_to(archive(DOCX), 1_000_000_000),
        archive({**DOCX, **{f"word/{number}": b"" for number in range(9_999)}}),
        archive(DOCX)[:-1],
        patched(archive(DOCX), 6, b"\xff"),
        patched(patched(archive(DOCX), 8, b"\x00\x08"), 46, b"\xff"),
        b"",
    ],
    ids=[
        "unpacks to more than a gigabyte",
        "more than ten thousand parts",
        "torn",
        "of a version to come",
        "names",
        "empty",
    ],
)
def test_an_archive_that_would_fill_a_machine_is_refused(tmp_path, octets):
    with pytest.raises(NotWhatItSays):
        kind_of(tmp_path, octets)
