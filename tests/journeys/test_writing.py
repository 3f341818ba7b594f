"""An organizer writes an event: the form keeps up with what is done on it."""

import pytest
from playwright.sync_api import expect

ORGANIZER = "to-chuc@mau.example"
PASTED = "08:00–08:30\tKhai mạc\tÔng A\r\n08:30–09:00\tBáo cáo\tBà B"
COPIED_FROM_WORD = """
([plain]) => document.addEventListener("copy", (event) => {
  const cells = plain.split("\\r\\n").map((line) => line.split("\\t").map((cell) =>
    `<td style="width:80pt;border:solid windowtext 1pt"><p class=MsoNormal style="margin:0">${cell}</p></td>`));
  const rows = cells.map((row) => `<tr style="mso-yfti-irow:0">${row.join("")}</tr>`).join("");
  event.clipboardData.setData("text/plain", plain);
  event.clipboardData.setData("text/html", `<style>p.MsoNormal{color:red}</style><table style="x:y">${rows}</table>`);
  event.preventDefault();
})
"""


@pytest.fixture
def editor(visit):
    """The blank form, in a window of either size."""

    def opened(*, phone=False):
        page = visit(ORGANIZER, phone=phone)
        page.goto("/hop/tao")
        return page

    return opened


def _copy_table(page):
    word = page.context.new_page()
    word.goto("/healthz")
    word.evaluate(COPIED_FROM_WORD, [PASTED])
    word.keyboard.press("Control+C")
    word.close()


def _paste(page):
    _copy_table(page)
    page.get_by_text("Dán bảng từ Word").click()
    box = page.locator("[name=pasted]")
    box.focus()
    page.keyboard.press("Control+V")
    return box


def test_a_table_copied_from_word_is_taken_in_without_a_message_of_the_browser(editor):
    page = editor()
    box = _paste(page)
    expect(box).to_have_value(PASTED.replace("\r\n", "\n"))
    corner = box.bounding_box()
    page.mouse.move(corner["x"] + corner["width"] - 4, corner["y"] + corner["height"] - 4)
    page.mouse.down()
    page.mouse.move(corner["x"] + corner["width"] - 4, corner["y"] + corner["height"] + 50)
    page.mouse.up()
    assert "height" in box.get_attribute("style")
    page.get_by_role("button", name="Đưa vào chương trình").click()
    expect(page.get_by_label("Nội dung, dòng 2")).to_have_value("Báo cáo")
    expect(page.get_by_label("Người trình bày, dòng 1")).to_have_value("Ông A")
    expect(page.locator("[name=pasted]")).to_have_value("")


@pytest.mark.parametrize("act", ["Thêm buổi", "Đưa vào chương trình"])
def test_the_summary_of_mistakes_leaves_with_another_act(editor, act):
    page = editor()
    page.get_by_role("button", name="Lưu nháp").last.click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Tên cuộc họp").fill("Họp thử")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_be_visible()
    if act != "Thêm buổi":
        _paste(page)
    page.get_by_role("button", name=act).click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_count_of_topics_follows_the_ticks(editor):
    page = editor()
    page.get_by_text("Đã chọn 0 trong").click()
    topics = page.locator("[name=topic_ids]")
    for ticked in (1, 2):
        topics.nth(ticked).check()
        expect(page.locator("#topic_ids summary")).to_contain_text(f"Đã chọn {ticked} trong {topics.count()}")
    topics.nth(1).uncheck()
    expect(page.locator("#topic_ids summary")).to_contain_text("Đã chọn 1 trong")


def test_every_kind_of_event_is_seen_whole_on_a_phone(editor):
    page = editor(phone=True)
    for label in page.locator("#kind_id label").all():
        place, bar = label.bounding_box(), page.locator("#kind_id .seg").bounding_box()
        assert bar["x"] <= place["x"] + 1 and place["x"] + place["width"] <= bar["x"] + bar["width"] + 1, label.inner_text()
        assert label.evaluate("label => label.scrollWidth <= label.clientWidth + 1"), label.inner_text()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("scrolled", [0, 100_000], ids=["top", "end"])
def test_a_toast_leaves_the_bar_that_releases_alone(editor, phone, scrolled):
    page = editor(phone=phone)
    page.evaluate("""document.dispatchEvent(new CustomEvent("app:say", {detail: {text: "Đã chép. ".repeat(9)}}))""")
    page.evaluate("place => scrollTo(0, place)", scrolled)
    toast, bar = page.locator("[data-toast]").bounding_box(), page.locator(".decide").bounding_box()
    assert toast["y"] + toast["height"] <= bar["y"]
