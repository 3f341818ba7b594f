"""Opening an account for somebody of the directory, or new to it."""

import pytest
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from tests.support.factories import make_account, make_organisation, make_person

INVITE = "/quan-tri/tai-khoan/moi"
NEW = f"{INVITE}/nguoi-moi"


def held(account_id):
    grants = db.session.execute(select(RoleGrant.role, RoleGrant.organisation_id).where(RoleGrant.account_id == account_id))
    return {(row.role, row.organisation_id) for row in grants}


def accounts():
    return db.session.scalars(select(Account).order_by(Account.id)).all()


def test_people_are_found_without_diacritics_and_those_with_an_account_are_marked(browser):
    make_person("Bùi Mẫu Lệ")
    has = make_account(person=make_person("Lê Mẫu Lệ"))
    page = browser.page(f"{INVITE}?q=mau le")
    rows = [(row.xpath("string(td[1]/b)"), row.xpath("td[4]/a/@href")[0]) for row in page.xpath("//tbody/tr")]
    person_id = db.session.scalars(select(Person.id).where(Person.full_name == "Bùi Mẫu Lệ")).one()
    assert rows == [("Bùi Mẫu Lệ", f"{INVITE}/{person_id}"), ("Lê Mẫu Lệ", f"/quan-tri/tai-khoan/{has.id}")]


def test_without_words_nobody_is_listed(browser):
    make_person()
    assert not browser.page(INVITE).xpath("//tbody")
    assert not browser.page(f"{INVITE}?q=%20").xpath("//tbody")


def test_many_people_are_cut_short_and_it_is_said(browser, statements):
    browser.get(f"{INVITE}?q=mau")  # the reading is noted once an hour
    with statements() as few:
        browser.get(f"{INVITE}?q=mau")
    for _ in range(21):
        make_person()
    with statements() as many:
        page = browser.page(f"{INVITE}?q=mau")
    assert len(page.xpath("//tbody/tr")) == 20
    assert "Còn nhiều người khớp" in page.text_content()
    assert len(many) == len(few)


def test_nobody_found_leads_to_a_new_person_of_that_name(browser):
    (href,) = browser.page(f"{INVITE}?q=Tô Mẫu Kiên").xpath("//*[@id='ket-qua']//a/@href")
    assert browser.page(href).xpath("//input[@name='full_name']/@value") == ["Tô Mẫu Kiên"]


def test_the_result_is_a_slice_of_the_page(browser):
    make_person("Bùi Mẫu Lệ")
    part = browser.fragment(f"{INVITE}?q=le", "ket-qua").text.strip()
    assert part in browser.get(f"{INVITE}?q=le").text
    assert "Bùi Mẫu Lệ" in part


def test_somebody_of_the_directory_gets_an_account_with_roles(browser):
    organisation = make_organisation()
    person = make_person("Bùi Mẫu Lệ", email="le.bm@mau.example")
    page = browser.page(f"{INVITE}/{person.id}")
    assert page.xpath("//input[@name='email']/@value") == ["le.bm@mau.example"]
    data = {"email": "le.bm@mau.example", "roles": ["organizer"], "another": organisation.id}
    answer = browser.post(f"{INVITE}/{person.id}", data=data)
    account = accounts()[-1]
    assert (answer.status_code, answer.location) == (303, f"/quan-tri/tai-khoan/{account.id}")
    assert (account.person_id, account.login) == (person.id, "le.bm@mau.example")
    assert held(account.id) == {(Role.ORGANIZER, None), (Role.FOCAL_POINT, organisation.id)}
    assert [letter.recipient for letter in db.session.scalars(select(Message))] == ["le.bm@mau.example"]


def test_another_address_is_kept_in_the_directory_too(browser):
    person = make_person("Bùi Mẫu Lệ", email="cu@mau.example", title="Chuyên viên", phone="0900000018")
    browser.post(f"{INVITE}/{person.id}", data={"email": " Moi@Mau.Example "})
    kept = db.session.get_one(Person, person.id)
    assert (kept.email, kept.title, kept.phone, kept.version) == ("moi@mau.example", "Chuyên viên", "0900000018", 2)
    assert accounts()[-1].login == "moi@mau.example"


@pytest.mark.parametrize(
    ("email", "words"), [("", "Hãy gõ email để gửi liên kết"), ("khong-phai", "Email này không gửi thư tới được.")]
)
def test_an_address_that_takes_no_letters_is_refused(browser, email, words):
    person = make_person()
    answer = browser.post(f"{INVITE}/{person.id}", data={"email": email})
    assert answer.status_code == 422
    assert words in answer.text
    assert len(accounts()) == 1


def test_an_address_of_another_account_is_refused_and_nothing_is_kept(browser):
    other = make_account()
    person = make_person(email="cu@mau.example")
    answer = browser.post(f"{INVITE}/{person.id}", data={"email": other.login})
    assert answer.status_code == 422
    assert "Đã có tài khoản khác đăng nhập bằng email này." in answer.text
    assert db.session.get_one(Person, person.id).email == "cu@mau.example"
    assert db.session.scalars(select(Message)).all() == []


def test_who_has_an_account_is_shown_it(browser):
    account = make_account()
    answer = browser.post(f"{INVITE}/{account.person_id}", data={"email": "khac@mau.example"})
    assert answer.location == f"/quan-tri/tai-khoan/{account.id}"
    assert len(accounts()) == 2


def test_a_new_person_is_added_with_the_account(browser):
    organisation = make_organisation("Sở Tài chính")
    data = {
        "full_name": "  Bùi  Mẫu Lệ ", "title": "Chuyên viên", "organisation": organisation.id, "email": "le.bm@mau.example",
        "phone": "+84 900 000 018", "roles": ["leader"],
    }  # fmt: skip
    assert browser.post(NEW, data=data).status_code == 303
    account = accounts()[-1]
    person = db.session.get_one(Person, account.person_id)
    assert (person.full_name, person.title, person.organisation_id, person.email, person.phone) == (
        "Bùi Mẫu Lệ", "Chuyên viên", organisation.id, "le.bm@mau.example", "0900000018",
    )  # fmt: skip
    assert held(account.id) == {(Role.LEADER, None)}
    assert "Bùi Mẫu Lệ" in browser.get("/quan-tri/tai-khoan?q=bui le so tai chinh").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("full_name", "", "Hãy gõ họ và tên."),
        ("full_name", "A" * 201, "nhiều nhất là 200"),
        ("email", "x@", "Email này không gửi thư tới được."),
        ("phone", "12", "Số điện thoại không đọc được."),
        ("organisation", "999", ""),
        ("roles", "focal_point", ""),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_added(browser, field, value, words):
    before = len(db.session.scalars(select(Person)).all())
    data = {"full_name": "Bùi Mẫu Lệ", "email": "le.bm@mau.example", field: value}
    answer = browser.post(NEW, data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert len(db.session.scalars(select(Person)).all()) == before


def test_a_taken_address_adds_nobody(browser):
    other = make_account()
    before = len(db.session.scalars(select(Person)).all())
    assert browser.post(NEW, data={"full_name": "Bùi Mẫu Lệ", "email": other.login}).status_code == 422
    assert len(db.session.scalars(select(Person)).all()) == before
