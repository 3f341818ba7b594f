"""What every answer bears, and which word of a proxy is believed."""

import pytest
from flask import Flask, jsonify, request
from sqlalchemy import select

from kstthc_training.application import TrustedProxy, create_app
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.web.access import access, impersonal
from tests.support.databases import settings_for
from tests.support.factories import make_account

ADDRESSES = ("/vao", "/lich", "/khong-co", "/healthz", "/readyz", "/static/css/app.css", "/ics/1-a/cua-toi.ics")
PROXY = "10.0.0.9"


@pytest.fixture
def secure_app(tmp_path):
    """The product as people reach it over TLS, through a proxy."""
    return create_app(settings_for(tmp_path, PUBLIC_URL="https://hop.example", TRUSTED_PROXY=PROXY))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_tells_the_browser_what_not_to_do(client, address):
    headers = client.get(address, headers={"Origin": "https://evil.example"}).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'",) * 4
    assert (policy["script-src"], policy["form-action"]) == ("'self'", "'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_says_what_it_is_and_in_which_characters(client, address):
    answer = client.get(address)
    if answer.data:
        assert answer.mimetype == "application/json" or answer.mimetype_params == {"charset": "utf-8"}


def test_pages_of_people_are_kept_by_no_cache(client_for):
    browser = client_for(make_account(Role.ADMINISTRATOR))
    for address in ("/lich", "/tai-khoan", "/quan-tri/tai-khoan", "/danh-ba/nguoi", "/khong-co"):
        assert browser.get(address).headers["Cache-Control"] == "private, no-store"


def test_tls_is_asked_for_on_this_host_and_below_it_for_a_year(secure_app, client):
    answer = secure_app.test_client().get("/healthz", base_url="https://hop.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_the_cookie_belongs_to_this_host_alone_and_travels_over_tls_only(secure_app):
    (cookie,) = secure_app.test_client().get("/khong-co", base_url="https://hop.example").headers.getlist("Set-Cookie")
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-kstthc=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


def test_the_cookie_is_signed_by_sha_256(app):
    signer = app.session_interface.get_signing_serializer(app).make_signer()
    assert signer.digest_method().name == "sha256"


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_no_page_takes_other_methods(client_for, method):
    assert client_for(make_account()).open("/lich", method=method).status_code == 405


@pytest.mark.parametrize(
    "path", ["", "css/", "../settings.env", "..%2fapp.py", "/etc/passwd", "../.git/config", "css/../../app.py"]
)
def test_nothing_is_served_but_static_files_by_name(client, path):
    assert client.get(f"/static/{path}").status_code in (404, 308)
    assert client.get(f"/{path or '.git/config'}").status_code in (404, 308)


@pytest.fixture
def believing():
    """An application behind the proxy, which answers whom it believes to talk to."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=access(impersonal)(lambda: jsonify([request.remote_addr, request.scheme, request.host])))
    app.wsgi_app = TrustedProxy(app.wsgi_app, PROXY)
    return app.test_client()


@pytest.mark.parametrize(
    ("sender", "seen"),
    [(PROXY, ["203.0.113.7", "https", "hop.example"]), ("203.0.113.66", ["203.0.113.66", "http", "localhost"])],
)
def test_forwarded_headers_are_believed_from_the_proxy_alone(believing, sender, seen):
    told = {"X-Forwarded-For": "1.2.3.4, 203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "hop.example"}
    assert believing.get("/", headers=told, environ_overrides={"REMOTE_ADDR": sender}).json == seen


def test_without_a_proxy_nobody_is_believed(client):
    data = {"login": "khong-ai@mau.example", "password": "không phải mật khẩu ấy"}
    client.post("/vao", data=data, headers={"X-Forwarded-For": "1.2.3.4"})
    assert db.session.scalars(select(AuditEntry.address)).all() == ["127.0.0.1"]
