"""Charts: one SVG for page and paper, and the picture in the document."""

import struct

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kstthc_training.paper import BarChart, Series
from kstthc_training.paper.chart_drawing import scene_png
from kstthc_training.paper.chart_svg import CHART_WIDTH_MM, SCREEN_LETTERING, chart_scene, chart_svg
from kstthc_training.paper.measures import Face, text_width
from kstthc_training.paper.svg import Lettering
from tests.paper.opened import W, body, parts, styled, text
from tests.paper.sample_report import CHART, sample_report

SVG = "{http://www.w3.org/2000/svg}"
values = st.floats(0, 1e7, allow_nan=False) | st.integers(0, 10**6)


def bars(svg: str, series: int) -> list[dict[str, str]]:
    """The bars of a series with the swatch of the legend, as attributes."""
    found = etree.fromstring(svg.encode()).iter(f"{SVG}rect")
    return [dict(bar.attrib) for bar in found if bar.get("class") == f"chart-series-{series}"]


def said(svg: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


@st.composite
def charts(draw: st.DrawFn) -> BarChart:
    size = draw(st.integers(1, 14))
    names = draw(st.lists(st.text(max_size=60), min_size=size, max_size=size))
    series = tuple(
        Series(draw(st.text(max_size=20)), tuple(draw(st.lists(values, min_size=size, max_size=size))))
        for _ in range(draw(st.integers(1, 4)))
    )
    return BarChart(tuple(names), series, upright=draw(st.booleans()))


def test_the_sample_chart_is_150_by_56_millimetres() -> None:
    scene = chart_scene(CHART)
    assert (scene.width, round(scene.height, 1)) == (150, 56)


def test_many_groups_stand_closer() -> None:
    heights = {}
    for count in (5, 6, 8):
        numbers = tuple(range(1, count + 1))
        chart = BarChart(tuple(f"N{place}" for place in numbers), (Series("A", numbers), Series("B", numbers)))
        heights[count] = chart_scene(chart).height
    assert heights[6] < heights[5] < heights[8] < 100


def test_bars_are_as_long_as_their_values() -> None:
    registered = [float(bar["width"]) for bar in bars(chart_svg(CHART), 1)[:4]]
    assert [round(length / registered[0], 2) for length in registered] == [
        round(value / 365, 2) for value in (365, 466, 121, 62)
    ]


def test_standing_bars_are_as_high_as_their_values() -> None:
    chart = BarChart(("Quý I", "Quý II"), (Series("Lượt", (50, 200)),), upright=True)
    low, high = [float(bar["height"]) for bar in bars(chart_svg(chart), 1)]
    assert high == pytest.approx(4 * low, abs=0.02)


def test_a_value_of_nothing_has_no_bar_but_is_written() -> None:
    svg = chart_svg(BarChart(("A", "B"), (Series("Lượt", (0, 7)),)))
    assert len(bars(svg, 1)) == 1
    assert said(svg) == ["A", "0", "B", "7"]


def test_a_chart_of_nothing_is_still_drawn() -> None:
    assert bars(chart_svg(BarChart(("A",), (Series("Lượt", (0,)),), upright=True)), 1) == []


def test_values_are_written_beside_the_bars_as_told_or_in_vietnamese_figures() -> None:
    assert [label for label in said(chart_svg(CHART)) if "%" in label] == list(CHART.series[1].labels)
    assert Series("x", (1014, 5)).label(0) == "1.014"
    assert [Series("x", (89.55, 70)).label(place) for place in (0, 1)] == ["89,6", "70,0"]


def test_the_legend_leaves_the_corner_when_a_bar_needs_it() -> None:
    free = BarChart(("A", "B"), (Series("Một", (9, 1)), Series("Hai", (9, 1))))
    taken = BarChart(("A", "B"), (Series("Một", (1, 9)), Series("Hai", (1, 9))))
    assert chart_scene(taken).height > chart_scene(free).height
    swatch = bars(chart_svg(taken), 1)[0]
    first_bar = bars(chart_svg(taken), 1)[1]
    assert float(swatch["y"]) + float(swatch["height"]) < float(first_bar["y"])


def test_one_series_needs_no_legend() -> None:
    assert said(chart_svg(BarChart(("A",), (Series("Lượt", (3,)),)))) == ["A", "3"]


def test_values_turn_upright_where_bars_are_narrow() -> None:
    months = tuple(f"Tháng {month}" for month in range(1, 13))
    crowded = BarChart(months, (Series("Đăng ký", (1014,) * 12), Series("Có mặt", (906,) * 12)), upright=True)
    assert chart_svg(crowded).count('transform="rotate(-90 ') == 24
    assert "transform" not in chart_svg(BarChart(months, (Series("Cuộc", (9,) * 12),), upright=True))


@given(charts())
@settings(max_examples=60, deadline=None)
def test_any_chart_is_sound_svg_without_style_script_or_address(chart: BarChart) -> None:
    root = etree.fromstring(chart_svg(chart).encode())
    assert {element.tag for element in root.iter()} <= {f"{SVG}{name}" for name in ("svg", "rect", "line", "text")}
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in {"style", "href", "id"}]
    assert root.get("aria-label")


@given(charts())
@settings(max_examples=60, deadline=None)
def test_no_bar_and_no_value_leaves_a_lying_chart(chart: BarChart) -> None:
    root = etree.fromstring(chart_svg(BarChart(chart.categories, chart.series)).encode())
    for element in root.iter(f"{SVG}text"):
        if element.get("text-anchor") == "start" and text_width(element.text or "", Face(11)) < 60:
            assert float(element.get("x")) + text_width(element.text or "", Face(11)) <= CHART_WIDTH_MM + 0.1


def test_a_page_may_set_a_chart_in_a_broader_type() -> None:
    screen = chart_svg(CHART, lettering=SCREEN_LETTERING)
    assert etree.fromstring(screen.encode()).get("font-family") == "Be Vietnam Pro"
    assert float(bars(screen, 1)[1]["width"]) < float(bars(chart_svg(CHART), 1)[1]["width"])


def test_markup_in_names_is_text() -> None:
    chart = BarChart(("<b>&\"'", "x"), (Series("<script>alert(1)</script>", (1, 2)), Series("y", (3, 4))))
    assert {"<b>&\"'", "<script>alert(1)</script>"} < set(said(chart_svg(chart)))
    assert "<script" not in chart_svg(chart)


@pytest.mark.parametrize(
    ("categories", "series"),
    [
        ((), (Series("x", ()),)),
        (("A",), ()),
        (("A",), tuple(Series(str(n), (1,)) for n in range(5))),
        (("A", "B"), (Series("x", (1,)),)),
        (("A",), (Series("x", (1,), ("1", "2")),)),
        (("A",), (Series("x", (-1,)),)),
        (("A",), (Series("x", (float("nan"),)),)),
        (("A",), (Series("x", (float("inf"),)),)),
    ],
)
def test_data_that_cannot_be_drawn_truthfully_is_refused(categories: tuple[str, ...], series: tuple[Series, ...]) -> None:
    with pytest.raises(ValueError, match=r"chart|series"):
        BarChart(categories, series)


def test_figures_are_told_in_words() -> None:
    assert CHART.figures().startswith("Sở, ban, ngành cấp tỉnh: Đăng ký 365, Có mặt 336 (92,1%); ")
    assert BarChart(("Quý I", "Quý II"), (Series("x", (1, 2)),)).figures() == "Quý I: 1; Quý II: 2."


def test_the_picture_has_300_dots_an_inch_and_is_always_the_same() -> None:
    scene, svg = chart_scene(CHART), chart_svg(CHART)
    png = scene_png(scene, svg)
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (round(150 / 25.4 * 300), pytest.approx(56 / 25.4 * 300, abs=1.5))
    assert scene_png(scene, svg) == png


def test_the_document_type_is_drawn_and_not_left_out() -> None:
    scene = chart_scene(CHART)
    with_words = scene_png(scene, chart_svg(CHART))
    without = scene_png(scene, chart_svg(CHART, lettering=Lettering(family="A type nobody has")))
    assert len(with_words) > len(without) + 3000


def test_the_document_shows_the_chart_in_the_line_with_nothing_around_it() -> None:
    (holder,) = styled(body(sample_report()), "Chart")
    (inline,) = holder.iter(qn("wp:inline"))
    assert {side: inline.get(side) for side in ("distT", "distB", "distL", "distR")} == dict.fromkeys(
        ("distT", "distB", "distL", "distR"), "0"
    )
    extent = inline.find(qn("wp:extent"))
    assert int(extent.get("cx")) / 36000 == pytest.approx(150, abs=0.05)
    assert int(extent.get("cy")) / 36000 == pytest.approx(56, abs=0.05)


def test_the_document_tells_the_figures_of_the_chart_to_those_who_do_not_see_it() -> None:
    (described,) = body(sample_report()).iter(qn("wp:docPr"))
    assert described.get("descr") == f"Biểu đồ 1. {CHART.caption}. {CHART.figures()}"


def test_the_caption_follows_the_chart() -> None:
    (holder,) = styled(body(sample_report()), "Chart")
    following = holder.getnext()
    assert following.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=W) == "ChartCaption"
    assert text(following) == "Biểu đồ 1. Lượt người đăng ký và có mặt theo nhóm cơ quan"
    assert [name for name in parts(sample_report()) if name.startswith("word/media/")] == ["word/media/image1.png"]
