"""The component sheet as a page, so that tests and developers can look at every part of the kit in the real product."""

from typing import Any

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, RadioField, SelectField, SelectMultipleField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import see_other
from kstthc_training.web.forms import Form, HourField, LineField, Needed, ProseField
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

ADDRESS = "/bang-thanh-phan"


class SheetForm(Form):
    """One field of every sort."""

    full_name = LineField("Họ và tên", [Needed("Nhập họ và tên")])
    phone = TelField("Số điện thoại", [Regexp(r"\d{10}$", message="Số điện thoại cần đủ 10 chữ số")])
    hour = HourField("Bắt đầu")
    work = RadioField("Tác nghiệp", choices=[SelectChoice("writer", "Viết"), SelectChoice("camera", "Quay")])
    mode = RadioField("Hình thức", choices=[SelectChoice("room", "Trực tiếp"), SelectChoice("net", "Trực tuyến")])
    audience = SelectMultipleField(
        "Thành phần",
        choices=[SelectChoice("1", "Sở, ngành"), SelectChoice("2", "Xã, phường")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    venue = SelectField("Địa điểm", choices=[SelectChoice("1", "Phòng họp số 1"), SelectChoice("2", "Hội trường")])
    letter = BooleanField("Có giấy giới thiệu")
    paper = FileField("Tài liệu")
    question = ProseField("Câu hỏi gửi trước")


def refused_form() -> SheetForm:
    """A form whose name is missing, whose phone is too short and that met a refusal besides."""
    typed = {"r-full_name": "", "r-phone": "0900", "r-work": "writer", "r-mode": "room", "r-venue": "1"}
    form = SheetForm(formdata=MultiDict(typed), prefix="r", meta={"csrf": False})
    form.validate()
    form.form_errors.append("Đã hết chỗ.")
    return form


def mount_sheet(app: Flask) -> None:
    """Open the sheet at `ADDRESS`: `?loi=1` with a refused form; what is posted comes back with a note."""

    def sheet() -> Response:
        if request.method == "POST":
            note_success("Đã nhận.", undo_action=ADDRESS)
            return see_other(ADDRESS)
        blank = SheetForm(formdata=None, work="writer", mode="room")
        if "loi" in request.args:
            return page("ui/sheet.html", status=422, form=blank, refused=refused_form())
        return page("ui/sheet.html", form=blank, refused=SheetForm(formdata=None, prefix="r"))

    view: Any = access(anyone)(sheet)
    app.add_url_rule(ADDRESS, "component_sheet", view, methods=["GET", "POST"])
