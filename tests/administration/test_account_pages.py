"""The list of accounts, the page of one, and what is done there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, RoleGrant, SignIn
from kstthc_training.people.service import accounts
from tests.people.at_hand import give_password
from tests.support.factories import make_account, make_organisation, make_person

LIST = "/quan-tri/tai-khoan"
ADMINISTRATOR, ORGANIZER, LEADER, FOCAL_POINT = Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER, Role.FOCAL_POINT


def names(browser, query=""):
    return browser.page(f"{LIST}{query}").xpath("//tbody/tr/td[1]/a/text()")


def held(account):
    grants = db.session.execute(select(RoleGrant.role, RoleGrant.organisation_id).where(RoleGrant.account_id == account.id))
    return {(row.role, row.organisation_id) for row in grants}


def save(browser, account, roles=(), focal=(), another=0, shown=None):
    shown = browser.page(f"{LIST}/{account.id}").xpath("//input[@name='shown']/@value")[0] if shown is None else shown
    data = {"roles": [role.value for role in roles], "focal": list(focal), "another": another, "shown": shown}
    return browser.post(f"{LIST}/{account.id}", data=data)


def notes(browser, account):
    return browser.page(f"{LIST}/{account.id}").xpath("string(//*[@data-toast])")


def test_accounts_are_listed_in_the_order_of_vietnamese_names(browser):
    for name in ("Trần Mẫu Bình", "Nguyễn Mẫu Ân", "Nguyễn Mẫu An", "Võ Mẫu Đức", "Lê Mẫu Dung"):
        make_account(person=make_person(name))
    assert names(browser) == [
        "Nguyễn Mẫu An",
        "Nguyễn Mẫu Ân",
        "Trần Mẫu Bình",
        "Lê Mẫu Dung",
        "Võ Mẫu Đức",
        "Đoàn Mẫu Quân",
    ]


@pytest.mark.parametrize("words", ["bui le", "LỆ bùi", "ngoc chuc", "le.bm@mau.example", "Ngọc  Chúc bùi"])
def test_the_list_is_searched_without_diacritics(browser, words):
    organisation = make_organisation("UBND xã Ngọc Chúc")
    account = make_account(person=make_person("Bùi Mẫu Lệ", organisation_id=organisation.id))
    with unit_of_work() as session:
        session.get_one(Account, account.id).login = "le.bm@mau.example"
    make_account(person=make_person("Danh Mẫu Hương"))
    assert names(browser, f"?q={words}") == ["Bùi Mẫu Lệ"]


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "không ai", "\\"])
def test_hostile_searches_find_nobody(browser, words):
    page = browser.get(LIST, query_string={"q": words})
    assert page.status_code == 200
    assert "Không có tài khoản nào khớp" in page.text


def test_the_list_is_filtered_by_role_and_by_state(browser):
    organisation = make_organisation()
    give_password(make_account(ORGANIZER, person=make_person("Nguyễn Mẫu An")))
    make_account(person=make_person("Bùi Mẫu Lệ"), focal_of=organisation)
    gone = give_password(make_account(person=make_person("Hồ Mẫu Sơn")))
    with unit_of_work():
        accounts.disable(actor=SYSTEM, account_id=gone.id, now=clock.now())
    assert names(browser, "?quyen=organizer") == ["Nguyễn Mẫu An"]
    assert names(browser, "?quyen=focal_point") == ["Bùi Mẫu Lệ"]
    assert names(browser, "?quyen=member") == ["Hồ Mẫu Sơn"]
    assert names(browser, "?trang-thai=dang-dung") == ["Nguyễn Mẫu An"]
    assert names(browser, "?trang-thai=chua-dat-mat-khau") == ["Bùi Mẫu Lệ", "Đoàn Mẫu Quân"]
    assert names(browser, "?trang-thai=da-ngung") == ["Hồ Mẫu Sơn"]
    assert names(browser, "?trang-thai=da-ngung&quyen=organizer") == []
    assert len(names(browser, "?trang-thai=la&quyen=la")) == 4


def test_the_list_is_paged_and_keeps_its_filter(browser):
    for number in range(50):
        make_account(person=make_person(f"Bùi Mẫu {chr(65 + number // 26)}{chr(97 + number % 26)}"))
    first = browser.page(f"{LIST}?q=mau")
    assert len(first.xpath("//tbody/tr")) == 50
    assert "1–50 trong 51" in first.text_content()
    (following,) = first.xpath("//a[@rel='next']/@href")
    assert following == f"{LIST}?q=mau&trang=2"
    second = browser.page(following)
    assert second.xpath("//tbody/tr/td[1]/a/text()") == ["Đoàn Mẫu Quân"]
    assert second.xpath("//a[@rel='prev']/@href") == [f"{LIST}?q=mau"]
    assert second.xpath("//a[@rel='next']") == []


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30])
def test_a_number_that_is_none_means_the_first_page(browser, number):
    assert browser.page(f"{LIST}?trang={number}").xpath("//tbody/tr/td[1]/a/text()")


def test_a_part_of_the_list_is_a_slice_of_the_page(browser):
    make_account(person=make_person("Bùi Mẫu Lệ"))
    whole, part = browser.get(f"{LIST}?q=le"), browser.fragment(f"{LIST}?q=le", "danh-sach")
    assert part.text.strip() in whole.text
    assert "Bùi Mẫu Lệ" in part.text
    assert "HX-Target" in part.headers["Vary"]


def test_the_list_takes_as_many_statements_whatever_its_length(browser, statements):
    make_account(ORGANIZER)
    browser.get(LIST)
    with statements() as few:
        browser.get(LIST)
    organisation = make_organisation()
    for _ in range(20):
        make_account(ORGANIZER, LEADER, focal_of=organisation)
    with statements() as many:
        browser.get(LIST)
    assert len(many) == len(few)


def test_who_reads_the_list_is_recorded_once_an_hour(browser, administrator, now):
    def noted():
        return [
            (each.account_id, each.at) for each in db.session.scalars(select(AuditEntry)) if each.action == "accounts.read"
        ]

    browser.get(LIST)
    browser.get(f"{LIST}?q=le")
    assert noted() == [(administrator.id, now)]
    for minutes, times in ((29, 1), (58, 1), (60, 2)):
        with clock.frozen(now + timedelta(minutes=minutes)):
            assert browser.get(LIST).status_code == 200
        assert len(noted()) == times


def test_the_page_of_one_account(browser):
    organisation = make_organisation("Sở Tài chính")
    person = make_person("Bùi Mẫu Lệ", title="Chuyên viên", organisation_id=organisation.id, phone="0900000018")
    account = make_account(LEADER, person=person, focal_of=organisation)
    page = browser.page(f"{LIST}/{account.id}")
    assert page.xpath("string(//h1)") == "Bùi Mẫu Lệ"
    assert page.xpath("//input[@name='roles'][@checked]/@value") == ["leader"]
    assert page.xpath("//input[@name='focal'][@checked]/@value") == [str(organisation.id)]
    assert account.login in page.text_content()
    assert "0900 000 018" in page.text_content()


def test_the_page_takes_as_many_statements_whatever_there_is(browser, client_for, statements):
    account = make_account(focal_of=make_organisation())
    with statements() as few:
        browser.get(f"{LIST}/{account.id}")
    for _ in range(10):
        client_for(account)
        facts = {"role": FOCAL_POINT, "organisation_id": make_organisation().id}
        with unit_of_work():
            accounts.grant(actor=SYSTEM, account_id=account.id, **facts, now=clock.now())
    with statements() as many:
        browser.get(f"{LIST}/{account.id}")
    assert len(many) == len(few)


def test_roles_are_given_and_taken(browser):
    kept, added = make_organisation(), make_organisation()
    account = make_account(LEADER, focal_of=kept)
    answer = save(browser, account, [ORGANIZER], [kept.id], added.id)
    assert (answer.status_code, answer.location) == (303, f"{LIST}/{account.id}")
    assert held(account) == {(ORGANIZER, None), (FOCAL_POINT, kept.id), (FOCAL_POINT, added.id)}
    save(browser, account)
    assert held(account) == set()


def test_what_another_administrator_did_meanwhile_stays(browser):
    account = make_account(LEADER)
    shown = browser.page(f"{LIST}/{account.id}").xpath("//input[@name='shown']/@value")[0]
    with unit_of_work():
        accounts.grant(actor=SYSTEM, account_id=account.id, role=ORGANIZER, now=clock.now())
    save(browser, account, [], shown=shown)
    assert held(account) == {(ORGANIZER, None)}


def test_the_last_administrator_is_told_why_the_role_stays(browser, administrator):
    answer = save(browser, administrator, [ORGANIZER])
    assert answer.status_code == 422
    assert "quản trị viên cuối cùng" in answer.text
    assert held(administrator) == {(ADMINISTRATOR, None)}
    browser.post(f"{LIST}/{administrator.id}/ngung")
    assert "quản trị viên cuối cùng" in notes(browser, administrator)
    assert db.session.get_one(Account, administrator.id).disabled_at is None


def test_a_revoked_role_is_gone_at_the_next_request(browser, administrator, client_for):
    other = make_account(ADMINISTRATOR)
    assert save(client_for(other), administrator).status_code == 303
    assert browser.get(LIST).status_code == 403


@pytest.mark.parametrize(
    "data", [{"roles": "root"}, {"roles": "focal_point"}, {"focal": "999"}, {"another": "999"}, {"another": "x"}]
)
def test_made_up_roles_and_organisations_are_refused(browser, data):
    account = make_account(LEADER)
    answer = browser.post(f"{LIST}/{account.id}", data={"shown": "leader:", **data})
    assert answer.status_code == 422
    assert held(account) == {(LEADER, None)}


@pytest.mark.parametrize("shown", ["", "x", "root:,:,1:1", "focal_point:x", "administrator:99"])
def test_a_made_up_memory_of_the_form_does_no_harm(browser, shown):
    account = make_account(LEADER)
    assert save(browser, account, [LEADER], shown=shown).status_code == 303
    assert held(account) == {(LEADER, None)}


def test_disabling_ends_it_at_once_and_can_be_undone(browser, client_for):
    account = give_password(make_account(ORGANIZER))
    theirs = client_for(account)
    browser.post(f"{LIST}/{account.id}/ngung")
    assert theirs.get("/tai-khoan").status_code == 303
    page = browser.page(f"{LIST}/{account.id}")
    assert page.xpath("//*[@data-toast]//form/@action") == [f"{LIST}/{account.id}/mo-lai"]
    assert page.xpath(f"//main//form[@action='{LIST}/{account.id}/mo-lai']")
    assert not page.xpath(f"//form[@action='{LIST}/{account.id}/gui-lai']")
    browser.post(f"{LIST}/{account.id}/mo-lai")
    assert db.session.get_one(Account, account.id).disabled_at is None


def test_resending_posts_a_letter_and_not_to_a_disabled_account(browser):
    account = make_account()
    browser.post(f"{LIST}/{account.id}/gui-lai")
    assert [letter.recipient for letter in db.session.scalars(select(Message))] == [account.login]
    browser.post(f"{LIST}/{account.id}/ngung")
    notes(browser, account)
    browser.post(f"{LIST}/{account.id}/gui-lai")
    assert len(db.session.scalars(select(Message)).all()) == 1
    assert "đã ngừng nên không nhận liên kết" in notes(browser, account)


def test_an_account_is_signed_out_everywhere(browser, client_for):
    account = make_account()
    theirs = client_for(account)
    browser.post(f"{LIST}/{account.id}/dang-xuat")
    assert theirs.get("/tai-khoan").status_code == 303
    assert [row.account_id for row in db.session.scalars(select(SignIn))] != [account.id]
    assert browser.get(LIST).status_code == 200


def test_the_login_is_changed_or_refused_in_words(browser):
    account, other = make_account(), make_account()
    path = f"{LIST}/{account.id}/email"
    assert browser.page(path).xpath("string(//h1)") == "Đổi email đăng nhập"
    for email, words in (
        ("", "Hãy gõ email mới."),
        ("khong-phai", "Email này không gửi thư tới được."),
        (other.login, "Đã có tài khoản khác đăng nhập bằng email này."),
    ):
        answer = browser.post(path, data={"email": email})
        assert answer.status_code == 422
        assert words in answer.text
    assert browser.post(path, data={"email": "Moi@Mau.example"}).location == f"{LIST}/{account.id}"
    assert db.session.get_one(Account, account.id).login == "moi@mau.example"


def test_every_act_is_recorded_with_its_author(browser, administrator):
    account = make_account()
    save(browser, account, [ORGANIZER])
    for path in ("ngung", "mo-lai", "gui-lai", "dang-xuat"):
        browser.post(f"{LIST}/{account.id}/{path}")
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == account.id).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == [
        "account.role_granted", "account.disabled", "account.enabled", "account.link_resent", "sign_in.all_ended",
    ]  # fmt: skip
    assert {(entry.account_id, entry.actor_name, entry.address) for entry in entries} == {
        (administrator.id, "Đoàn Mẫu Quân", "127.0.0.1")
    }


def test_hostile_names_are_shown_as_text(browser):
    organisation = make_organisation('"><script>alert(2)</script>')
    person = make_person("<img src=x onerror=alert(1)> {{7*7}} %s", organisation_id=organisation.id)
    account = make_account(person=person, focal_of=organisation)
    for path in (LIST, f"{LIST}/{account.id}", f"{LIST}/{account.id}/email", f"{LIST}/moi?q=img"):
        text = browser.get(path).text
        assert "<img src=x" not in text
        assert "<script>alert" not in text
        assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}} %s" in text


def test_the_pages_speak_english(browser, administrator):
    browser.post("/tai-khoan/ngon-ngu", data={"locale": "en"})
    for path in (
        LIST,
        f"{LIST}/{administrator.id}",
        f"{LIST}/moi",
        f"{LIST}/moi/nguoi-moi",
        "/quan-tri/viec-nen",
        "/quan-tri/nhat-ky",
    ):
        assert browser.page(path).get("lang") == "en"
