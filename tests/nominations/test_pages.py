"""The pages of a focal point: what waits, naming people, withdrawing them."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person, RoleGrant
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration
from tests.attendance.doors import close, put_mark
from tests.registrations.actors import again, registered, standings
from tests.support.browser import without_tokens
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED


@pytest.fixture
def organisation(app):
    return make_organisation("Sở Nông nghiệp và Môi trường")


@pytest.fixture
def account(organisation):
    return make_account(person=make_person("Lý Mẫu Sang", organisation_id=organisation.id), focal_of=organisation)


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


@pytest.fixture
def people(organisation):
    return [make_person(name, organisation_id=organisation.id) for name in ("Lê Mẫu Ái", "Danh Mẫu Bảo", "Trần Mẫu Cẩm")]


def address(organisation, event, act=""):
    return f"/don-vi/{organisation.id}/{event.code}{act}"


def new_person(**typed):
    """The first row for somebody new."""
    return {f"new_people-0-{name}": value for name, value in typed.items()}


def names_in(page, path):
    return [element.text_content().strip() for element in page.xpath(path)]


CANDIDATES = "//ul[contains(@class, 'ppl')]//b"


def test_home_shows_what_waits_what_was_answered_and_the_people(browser, organisation, people, now):
    make_event("Tập huấn số hóa", registration_closes_at=now + timedelta(days=2), capacity=6)
    answered = make_event("Hội nghị đánh giá", capacity=1)
    registered(answered, people[0])
    registered(answered, people[1])
    past = make_event(starts_at=now - timedelta(days=20))
    put_mark(past, make_registration(past, people[2]).id)
    close(past)
    page = browser.page("/don-vi")
    text = page.text_content()
    assert names_in(page, "//h1") == ["Sở Nông nghiệp và Môi trường"]
    assert names_in(page, "//article//h3") == ["Tập huấn số hóa"]
    for said in (
        "Hạn 09:00 20/03/2026",
        "Còn 6 chỗ",
        "1 có chỗ, 1 chờ",
        "Lê Mẫu Ái, Danh Mẫu Bảo",
        "chưa dự cuộc nào",
        "đã dự 1 cuộc, gần nhất 26/02/2026",
        "4 người",
    ):
        assert said in text
    assert page.xpath("//nav//a[@aria-current='page']")[0].text_content() == "Đơn vị"


def test_events_not_yet_open_stand_apart_with_their_day(browser, organisation, now):
    make_event("Mở sau", registration_opens_at=now + timedelta(days=3))
    make_event("Mở trước", registration_opens_at=now + timedelta(seconds=1))
    make_event("Mở rồi", registration_opens_at=now)
    page = browser.page("/don-vi")
    assert names_in(page, "//section[@aria-labelledby='cho']//h3") == ["Mở rồi"]
    assert "1 cuộc họp chờ cử người" in page.text_content()
    [soon] = page.xpath("//section[@aria-labelledby='sap-mo']")
    assert names_in(soon, ".//h3") == ["Mở trước", "Mở sau"]
    assert "Mở từ 09:00 21/03/2026" in soon.text_content()
    assert soon.xpath(".//a[contains(@href, '/don-vi/')]") == []


def test_home_of_two_organisations_leads_to_either(client_for, organisation):
    other = make_organisation("Sở Xây dựng")
    account = make_account(focal_of=organisation)
    with unit_of_work() as session:
        session.add(
            RoleGrant(account_id=account.id, role=Role.FOCAL_POINT, organisation_id=other.id, granted_at=clock.now())
        )
    browser = client_for(account)
    assert names_in(browser.page("/don-vi"), "//h1") == ["Sở Nông nghiệp và Môi trường"]
    assert names_in(browser.page(f"/don-vi?dv={other.id}"), "//h1") == ["Sở Xây dựng"]


def test_home_of_an_organisation_not_ones_own_is_not_found(browser):
    assert browser.get(f"/don-vi?dv={make_organisation().id}").status_code == 404


def test_home_without_anything_says_what_comes(browser):
    text = browser.page("/don-vi").text_content()
    assert "Không có cuộc họp nào chờ cử người" in text
    assert "Đơn vị chưa cử ai" in text


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.LEADER, Role.ADMINISTRATOR, None])
def test_only_focal_points_have_these_pages(client_for, organisation, role):
    browser = client_for(make_account(*([role] if role else [])))
    event = make_event()
    for target in ("/don-vi", address(organisation, event)):
        assert browser.get(target).status_code == 403
    for act in ("", "/rut"):
        assert browser.post(address(organisation, event, act)).status_code == 403


def test_strangers_sign_in_first(client, organisation):
    event = make_event()
    assert client.get("/don-vi").headers["Location"] == "/vao?next=/don-vi"
    assert client.post(address(organisation, event)).status_code == 303


def test_the_people_of_the_organisation_may_be_ticked(browser, organisation, people):
    make_person("Người Nơi Khác", organisation_id=make_organisation().id)
    page = browser.page(address(organisation, make_event()))
    assert names_in(page, CANDIDATES) == ["Lê Mẫu Ái", "Danh Mẫu Bảo", "Trần Mẫu Cẩm", "Lý Mẫu Sang"]


def test_naming_leads_back_and_says_what_became_of_each(browser, organisation, people):
    event = make_event(capacity=1)
    data = {"nguoi": [people[1].id, people[0].id], **new_person(full_name="Thạch Mẫu Mới", phone="0912 345 678"), "cu": "1"}
    answer = browser.post(address(organisation, event), data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, address(organisation, event))
    page = browser.page(address(organisation, event))
    rows = [
        (row.xpath("string(td[1])").strip(), row.xpath("string(td[3])").strip()) for row in page.xpath("//table/tbody/tr")
    ]
    assert rows == [("Danh Mẫu Bảo", "Đã đăng ký"), ("Lê Mẫu Ái", "Chờ, thứ 1"), ("Thạch Mẫu Mới", "Chờ, thứ 2")]
    assert names_in(page, CANDIDATES) == ["Trần Mẫu Cẩm", "Lý Mẫu Sang"]
    assert "Đã cử 3 người: 1 có chỗ, 2 trong danh sách chờ." in page.text_content()


def test_all_seated_is_said_so(browser, organisation, people):
    event = make_event()
    browser.post(address(organisation, event), data={"nguoi": [people[0].id], "cu": "1"})
    assert "Đã cử 1 người, đều có chỗ." in browser.page(address(organisation, event)).text_content()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Hãy chọn ít nhất một người"),
        ({"full_name": "Thạch Mẫu Mới", "phone": "12"}, "Số điện thoại không đọc được"),
        ({"full_name": "Thạch Mẫu Mới", "email": "moi"}, "Email này không gửi thư tới được"),
        ({"full_name": "Thạch Mẫu Mới", "email": "a@b.c\nBcc: x@y.z"}, "Email này không gửi thư tới được"),
        ({"title": "Văn thư"}, "Hãy ghi họ và tên"),
        ({"full_name": "x" * 151}, "Hãy rút ngắn"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(browser, organisation, people, typed, said):
    event = make_event()
    before = db.session.execute(select(func.count()).select_from(Person)).scalar_one()
    ticked = {"nguoi": [people[2].id]} if typed else {}
    answer = browser.post(address(organisation, event), data={**ticked, **new_person(**typed), "q": "", "cu": "1"})
    assert answer.status_code == 422
    assert said in answer.text
    for value in typed.values():
        assert f'value="{" ".join(value.split())}"' in answer.text
    page = html.document_fromstring(answer.text)
    assert page.xpath("//input[@name='nguoi' and @checked]/@value") == [str(people[2].id)] * bool(typed)
    assert standings(event) == {}
    assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == before


def test_people_of_other_organisations_are_not_found(browser, organisation):
    event, foreign = make_event(), make_person(organisation_id=make_organisation().id)
    for ids in ([foreign.id], [987654], [foreign.id, 987654]):
        assert browser.post(address(organisation, event), data={"nguoi": ids, "cu": "1"}).status_code == 404
    assert standings(event) == {}


@pytest.mark.parametrize("typed", ["", "x", "-1", "١", "1" * 15, "1.5"])
def test_ids_that_are_none_name_nobody(browser, organisation, typed):
    event = make_event()
    answer = browser.post(address(organisation, event), data={"nguoi": [typed], "cu": "1"})
    assert answer.status_code in (404, 422)
    assert standings(event) == {}


def test_an_organisation_not_ones_own_is_not_found(browser, people):
    other, event = make_organisation(), make_event()
    theirs = registered(event, make_person(organisation_id=other.id))
    assert browser.get(address(other, event)).status_code == 404
    assert browser.post(address(other, event), data={"nguoi": [people[0].id], "cu": "1"}).status_code == 404
    assert browser.post(address(other, event, "/rut"), data={"id": theirs.id}).status_code == 404
    assert again(theirs).state is CONFIRMED


def test_drafts_and_events_made_up_are_not_found(browser, organisation):
    draft = make_event(state=EventState.DRAFT)
    assert browser.get(address(organisation, draft)).status_code == 404
    assert browser.get(f"/don-vi/{organisation.id}/2026-99999").status_code == 404
    assert browser.get(f"/don-vi/987654/{draft.code}").status_code == 404


def test_search_and_one_more_row_keep_what_is_there_and_write_nothing(browser, organisation, people):
    event = make_event()
    typed = {"nguoi": [people[0].id], **new_person(full_name="Thạch Mẫu Mới", phone="12")}
    found = browser.post(address(organisation, event), data={**typed, "q": "cam", "tim": "1"})
    assert found.status_code == 200
    assert names_in(html.document_fromstring(found.text), CANDIDATES) == ["Lê Mẫu Ái", "Trần Mẫu Cẩm"]
    assert 'value="Thạch Mẫu Mới"' in found.text
    grown = browser.post(address(organisation, event), data={**typed, "them": "1"})
    assert grown.status_code == 200
    assert 'name="new_people-1-full_name"' in grown.text
    assert standings(event) == {}


def test_an_empty_row_grows_no_other(browser, organisation):
    grown = browser.post(address(organisation, make_event()), data={**new_person(full_name=""), "them": "1"})
    assert 'name="new_people-1-full_name"' not in grown.text


@pytest.mark.parametrize("target", ["cu-nguoi", "nguoi-cua-don-vi"])
def test_a_fragment_is_a_verbatim_slice_of_the_page(browser, organisation, people, target):
    event = make_event()
    data = {"nguoi": [people[0].id], "q": "mau", "tim": "1", **new_person(full_name="Thạch Mẫu Mới")}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"div#{target}"}
    whole = browser.post(address(organisation, event), data=data)
    part = browser.post(address(organisation, event), data=data, headers=headers)
    assert part.status_code == 200
    assert f'id="{target}"' in part.text
    assert "<!doctype" not in part.text
    assert without_tokens(part.text.strip()) in without_tokens(whole.text)
    assert "HX-Target" in part.headers["Vary"]


def test_the_closed_window_is_said_and_takes_no_names(browser, organisation, people, now):
    event = make_event(registration_closes_at=now)
    page = browser.page(address(organisation, event))
    assert "Đã hết hạn đăng ký lúc 09:00 18/03/2026." in page.text_content()
    assert page.xpath("//form[@id='cu-nguoi']") == []
    answer = browser.post(address(organisation, event), data={"nguoi": [people[0].id], "cu": "1"})
    assert answer.status_code == 422
    assert standings(event) == {}


def test_withdrawing_frees_the_seat_and_can_be_undone(browser, organisation, people):
    event = make_event(capacity=1)
    browser.post(address(organisation, event), data={"nguoi": [people[0].id, people[1].id], "cu": "1"})
    first = db.session.scalars(select(Registration).where(Registration.person_id == people[0].id)).one()
    answer = browser.post(address(organisation, event, "/rut"), data={"id": first.id})
    assert (answer.status_code, answer.headers["Location"]) == (303, address(organisation, event))
    states = {row.person_id: row.state for row in db.session.scalars(select(Registration))}
    assert states == {people[0].id: CANCELLED, people[1].id: CONFIRMED}
    page = browser.page(address(organisation, event))
    undo = page.xpath("//*[@data-toast]//form")[0].get("action")
    assert browser.post(undo).status_code == 303
    assert again(first).state is WAITING


def test_withdrawing_twice_is_the_same(browser, organisation, people):
    event = make_event()
    browser.post(address(organisation, event), data={"nguoi": [people[0].id], "cu": "1"})
    row = db.session.scalars(select(Registration)).one()
    for _ in range(2):
        assert browser.post(address(organisation, event, "/rut"), data={"id": row.id}).status_code == 303
    assert again(row).state is CANCELLED


def test_only_people_of_the_organisation_are_withdrawn(browser, organisation):
    event = make_event()
    foreign = registered(event, make_person(organisation_id=make_organisation().id))
    elsewhere = registered(make_event(), make_person(organisation_id=organisation.id))
    for registration_id in (foreign.id, elsewhere.id, 987654, "", "x"):
        assert browser.post(address(organisation, event, "/rut"), data={"id": registration_id}).status_code == 404
    assert (again(foreign).state, again(elsewhere).state) == (CONFIRMED, CONFIRMED)


def test_withdrawing_once_it_began_is_refused(browser, organisation, people, now):
    event = make_event(starts_at=now + timedelta(minutes=1))
    row = make_registration(event, people[0], source=RegistrationSource.NOMINATION)
    with clock.frozen(now + timedelta(minutes=1)):
        page = browser.page(address(organisation, event))
        assert page.xpath("//form[contains(@action, '/rut')]") == []
        answer = browser.post(address(organisation, event, "/rut"), data={"id": row.id})
    assert answer.status_code == 422
    assert "Cuộc họp đã bắt đầu lúc" in answer.text
    assert again(row).state is CONFIRMED


@pytest.mark.parametrize("act", ["", "/rut"])
def test_other_methods_are_refused(browser, organisation, act):
    event = make_event()
    assert browser.put(address(organisation, event, act)).status_code in (400, 405)
    if act:
        assert browser.get(address(organisation, event, act)).status_code == 405


def test_without_the_token_nothing_is_written(browser, organisation, people):
    event = make_event()
    browser.sends_csrf = False
    assert browser.post(address(organisation, event), data={"nguoi": [people[0].id], "cu": "1"}).status_code == 400
    assert standings(event) == {}


def test_the_pages_take_as_many_statements_for_fifty_people_and_events_as_for_five(browser, organisation, statements):
    event = make_event()
    counts = []
    for more in (5, 45):
        for _ in range(more):
            registered(event, make_person(organisation_id=organisation.id))
            make_person(organisation_id=organisation.id)
            make_event()
        for target in ("/don-vi", address(organisation, event)):
            with statements() as seen:
                browser.get(target)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 13
