"""Hostile and untidy text is harmless in a document."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.paper import (
    Align,
    Annex,
    BarChart,
    Column,
    DataTable,
    OfficialDocument,
    Recipients,
    Row,
    Run,
    Series,
    Signature,
    TotalRow,
    Verification,
)
from kstthc_training.paper.characters import printable
from tests.paper.opened import body, opened, parts, text
from tests.paper.sample_report import HEAD, LETTERHEAD, MADE_AT, sample_report

HOSTILE = "{{ 7*7 }} <w:p/> & \"'\x00\x08\x1b\ud800\ufffe\u202e]]>#{x}$ \\ \t\n x\x85y"
SHOWN = "{{ 7*7 }} <w:p/> & \"']]>#{x}$ \\ x y"


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Hoa\u0300 bi\u0300nh", "Hoà bình"),
        ("a\tb\r\nc\u2028d", "a b c d"),
        ("a \x00 b", "a b"),
        ("a\u00a0\u00a0b", "a\u00a0\u00a0b"),
        (" giữa ", " giữa "),
        ("\u202egnp.exe", "gnp.exe"),
        (HOSTILE, SHOWN),
        ("", ""),
    ],
)
def test_text_is_composed_on_one_line_and_free_of_controls(given_text: str, shown: str) -> None:
    assert printable(given_text) == shown


@given(st.text())
def test_any_text_becomes_what_xml_allows_and_stays_so(anything: str) -> None:
    once = printable(anything)
    assert printable(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs", "Cf", "Co", "Cn"}]


def _hostile_document() -> bytes:
    head = replace(HEAD, type_name=HOSTILE, subject=HOSTILE, symbol=HOSTILE)
    letterhead = replace(LETTERHEAD, parent_agency=HOSTILE, agency=HOSTILE, full_name=HOSTILE, place=HOSTILE)
    table = DataTable(
        columns=(Column(HOSTILE, 40, group=HOSTILE), Column(HOSTILE, 40, Align.RIGHT)),
        rows=(Row((HOSTILE, HOSTILE)), TotalRow(HOSTILE, (HOSTILE,))),
        caption=HOSTILE,
    )
    paper = OfficialDocument(letterhead, head, made_at=MADE_AT)
    paper.addressees(HOSTILE, HOSTILE)
    paper.heading1(HOSTILE)
    paper.heading2(HOSTILE)
    paper.paragraph(HOSTILE, Run(HOSTILE, bold=True, italic=True))
    paper.points([HOSTILE])
    paper.numbered([HOSTILE])
    paper.table(table)
    paper.chart(BarChart((HOSTILE,), (Series(HOSTILE, (1,), (HOSTILE,)), Series(HOSTILE, (2,))), HOSTILE))
    paper.closing(HOSTILE)
    paper.signature(Signature((HOSTILE,), HOSTILE), Recipients((HOSTILE,)), Verification(HOSTILE, "https://vidu.vn/x"))
    paper.annexes(Annex(HOSTILE, table, HOSTILE))
    return paper.to_bytes()


def test_hostile_text_in_every_place_shows_as_typed_and_nothing_runs() -> None:
    data = _hostile_document()
    assert opened(data).core_properties.author == SHOWN
    shown = text(body(data))
    assert SHOWN in shown
    assert SHOWN.upper() in shown
    assert "49" not in shown
    assert not [c for c in shown if c != "\u00a0" and unicodedata.category(c) in {"Cc", "Cs", "Cf", "Co", "Cn"}]


def test_hostile_text_adds_no_part_and_no_outside_link() -> None:
    names = set(parts(_hostile_document()))
    assert {name for name in names if "media" not in name} == {n for n in parts(sample_report()) if "media" not in n}
    assert not [name for name in names if b'TargetMode="External"' in parts(_hostile_document())[name]]
