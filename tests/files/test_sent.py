"""Files that people send: their own names, their kinds, and nothing left of what is refused."""

from io import BytesIO

import pytest

from kstthc_training.files.kinds import KindNotTaken, NotWhatItSays
from kstthc_training.files.sent import held, own_name, receive
from kstthc_training.files.store import TooLarge, own_store

PDF = b"%PDF-1.7 giay"


def on_disk():
    return list(own_store().root.glob("??/*"))


@pytest.mark.parametrize(
    ("sent", "own"),
    [
        ("Giấy mời.pdf", "Giấy mời.pdf"),
        ("C:\\Tài liệu\\giấy.pdf", "giấy.pdf"),
        ("../../etc/giấy.pdf", "giấy.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("", "tep"),
    ],
)
def test_a_file_is_called_by_its_own_name(sent, own):
    assert own_name(sent) == own


def test_what_is_sent_lies_on_disk_as_what_it_is(app):
    file = receive(BytesIO(PDF), name="a/Giấy.PDF", limit=100, among=("pdf",))
    assert (file.name, file.media_type, own_store().path(file.kept.key).read_bytes()) == ("Giấy.PDF", "application/pdf", PDF)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (PDF, "giay.exe", KindNotTaken),
        (PDF, "giay.png", KindNotTaken),
        (b"MZ", "giay.pdf", NotWhatItSays),
        (PDF * 9, "giay.pdf", TooLarge),
    ],
)
def test_what_is_refused_leaves_nothing(app, content, name, refusal):
    with pytest.raises(refusal):
        receive(BytesIO(content), name=name, limit=100, among=("pdf",))
    assert on_disk() == []


def test_the_bytes_go_when_the_block_that_held_them_fails(app):
    with pytest.raises(ValueError, match="x"), held(BytesIO(PDF), name="giay.pdf", limit=100):
        assert len(on_disk()) == 1
        raise ValueError("x")
    assert on_disk() == []
    with held(BytesIO(PDF), name="giay.pdf", limit=100) as file:
        pass
    assert [path.name for path in on_disk()] == [file.kept.key]
