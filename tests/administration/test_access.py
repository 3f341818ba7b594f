"""Who may open Quản trị: administrators, and nobody else by any of its addresses."""

import pytest

from kstthc_training.people.enums import Role
from tests.support.factories import make_account, make_organisation

PARTS = {
    "account_id": 1,
    "job_id": 1,
    "person_id": 1,
    "message_id": 1,
    "request_id": 1,
    "path": "van-ban",
    "name": "registration-confirmed",
    "locale": "vi",
    "version": 1,
}
# What organizers, too, may read.
READ_BY_ORGANIZERS = {"/quan-tri/mau-thu", "/quan-tri/mau-thu/registration-confirmed"}


def routes(app):
    """Every address of Quản trị with the method it takes."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("administration."):
            for method in rule.methods & {"GET", "POST"}:
                yield method, rule.build({name: PARTS[name] for name in rule.arguments})[1]


def test_strangers_are_sent_to_sign_in(app, client):
    answers = {(method, path): client.open(path, method=method) for method, path in routes(app)}
    assert len(answers) > 20
    assert {answer.status_code for answer in answers.values()} == {303}
    assert all(answer.location.startswith("/vao") for answer in answers.values())


@pytest.mark.parametrize("roles", [(), (Role.ORGANIZER,), (Role.LEADER,), (Role.FOCAL_POINT,)])
def test_other_roles_are_refused(app, client_for, roles):
    focal = Role.FOCAL_POINT in roles
    plain = [role for role in roles if role is not Role.FOCAL_POINT]
    browser = client_for(make_account(*plain, focal_of=make_organisation() if focal else None))
    allowed = {("GET", path) for path in READ_BY_ORGANIZERS} if Role.ORGANIZER in roles else set()
    assert {browser.open(path, method=method).status_code for method, path in {*routes(app)} - allowed} == {403}
    assert "Quản trị" not in browser.get("/tai-khoan").text.split('<main class="wrap"')[0].split("</nav>")[0]


def test_a_part_of_a_page_is_a_page(app, client_for):
    browser = client_for(make_account(Role.ORGANIZER))
    for path in ("/quan-tri/tai-khoan", "/quan-tri/nhat-ky"):
        assert browser.fragment(path, "danh-sach").status_code == 403


def test_administrators_find_it_in_the_navigation(client_for):
    browser = client_for(make_account(Role.ADMINISTRATOR))
    page = browser.page("/quan-tri/tai-khoan")
    assert page.xpath("//header//nav//a[@href='/quan-tri']/@aria-current") == ["page"]
    assert browser.get("/quan-tri").location == "/quan-tri/tai-khoan"


@pytest.mark.parametrize("path", ["ngung", "mo-lai", "gui-lai", "dang-xuat"])
def test_acts_on_accounts_are_posted(client_for, path):
    browser = client_for(make_account(Role.ADMINISTRATOR))
    assert browser.get(f"/quan-tri/tai-khoan/1/{path}").status_code == 405


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/quan-tri/tai-khoan/999"), ("POST", "/quan-tri/tai-khoan/999"), ("POST", "/quan-tri/tai-khoan/999/ngung"),
        ("POST", "/quan-tri/tai-khoan/999/mo-lai"), ("POST", "/quan-tri/tai-khoan/999/gui-lai"),
        ("POST", "/quan-tri/tai-khoan/999/dang-xuat"), ("GET", "/quan-tri/tai-khoan/999/email"),
        ("GET", "/quan-tri/tai-khoan/moi/999"), ("POST", "/quan-tri/tai-khoan/moi/999"),
        ("GET", "/quan-tri/cai-dat/khong-co"), ("POST", "/quan-tri/cai-dat/khong-co"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_not_found(client_for, method, path):
    assert client_for(make_account(Role.ADMINISTRATOR)).open(path, method=method).status_code == 404
