"""Fields of forms: what each takes, and that every form takes addresses and numbers by one rule."""

import importlib
import io
import pkgutil

import pytest
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField
from wtforms.form import BaseForm, FormMeta

import kstthc_training
from kstthc_training.web.forms import EmailField, Form, LineField, PhoneField, Rows, VersionField, chosen_number


class Contact(Form):
    """A form for this test."""

    email = EmailField("Email")
    phone = PhoneField("Điện thoại")
    version = VersionField()
    others = Rows(EmailField("Email"))
    file = FileField("Tệp")


def filled(app, **typed):
    with app.test_request_context():
        form = Contact(MultiDict(typed), meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize("typed", ["", "an@mau.example", " An.Nguyen@Mau.example "])
def test_an_address_that_letters_reach(app, typed):
    assert filled(app, email=typed).errors == {}


@pytest.mark.parametrize("typed", ["an", "an@mau", "an binh@mau.example", "an@mau..vn", "ân@mau.example", "a@b.c\nB: x@y.z"])
def test_no_address(app, typed):
    assert list(filled(app, email=typed).errors) == ["email"]


@pytest.mark.parametrize("typed", ["", "0912 345 678", "+84 912.345.678", "0296 3852 123"])
def test_a_phone_number(app, typed):
    assert filled(app, phone=typed).errors == {}


@pytest.mark.parametrize("typed", ["12", "0912 345 67²", "٠٩١٢٣٤٥٦٧٨", "xin gọi lại"])
def test_no_phone_number(app, typed):
    assert list(filled(app, phone=typed).errors) == ["phone"]


@pytest.mark.parametrize(("typed", "version"), [("3", 3), ("", 0), ("²", 0), ("-1", 0), (str(10**25), 0)])
def test_a_version_that_cannot_be_read_is_none(app, typed, version):
    assert filled(app, version=typed).version.data == version


@pytest.mark.parametrize("typed", ["²", "-1", str(10**25), ""])
def test_an_id_to_choose_is_one_that_a_column_holds(typed):
    with pytest.raises(ValueError, match="^" + typed):
        chosen_number(typed)


def test_files_reach_no_field_for_text(app):
    parts = {name: (io.BytesIO(b"1"), "a.txt") for name in ("email", "version", "others-0", "file")}
    with app.test_request_context(method="POST", data=parts):
        form = Contact(meta={"csrf": False})
    assert (form.email.data, form.version.data, form.others.data) == ("", 0, [])
    assert form.file.data.filename == "a.txt"


@pytest.mark.parametrize("body", [{"email": 5}, {"email": ["a@b.vn"], "version": {"a": 1}}, [1, 2], 5, None])
def test_json_is_no_form(app, body):
    with app.test_request_context(method="POST", json=body):
        form = Contact(meta={"csrf": False})
    assert (form.email.data, form.others.data) == (None, [])


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "-1", ""])
def test_a_row_without_a_number_is_none(app, number):
    assert filled(app, **{f"others-{number}": "a@b.vn", "others-7": "c@d.vn"}).others.data == ["c@d.vn"]


def forms_of_the_package() -> list[FormMeta]:
    """Every class of fields that people fill in."""
    found = []
    for module in pkgutil.walk_packages(kstthc_training.__path__, "kstthc_training."):
        if "forms" in module.name.split(".") and "sample" not in module.name:
            members = vars(importlib.import_module(module.name)).values()
            found += [m for m in members if isinstance(m, type) and issubclass(m, BaseForm) and m.__module__ == module.name]
    return found


def test_every_field_for_an_address_or_a_number_is_one_of_ours():
    others = []
    forms = forms_of_the_package()
    assert len(forms) > 20
    for form in forms:
        for name in dir(form):
            field = getattr(getattr(form, name), "field_class", None)
            if field is FieldList:
                others.append((form.__name__, name, field))
            wanted = EmailField if name == "email" else PhoneField if name.endswith("phone") else None
            if wanted and field not in (wanted, Rows, FormField):
                others.append((form.__name__, name, field))
    assert others == []
    assert issubclass(EmailField, LineField)
