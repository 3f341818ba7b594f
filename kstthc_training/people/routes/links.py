"""One-time links: asking for one by mail, and what opens when one is followed."""

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people import passwords
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.errors import LinkSpent, WeakPassword
from kstthc_training.people.forms import LinkRequestForm, NewPasswordForm
from kstthc_training.people.identity import begin_session, client_address, me
from kstthc_training.people.logins import normal_login
from kstthc_training.people.queries import OpenLink, find_link
from kstthc_training.people.routes.sign_in import HOME
from kstthc_training.people.service import attempts, credentials, links
from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

bp = Blueprint("links", __name__)


@bp.get("/vao/gui-lien-ket")
@access(anyone)
def ask() -> ResponseReturnValue:
    """The form that asks for a link to sign in or for a new password."""
    return _ask_page(LinkRequestForm(), _purpose())


@bp.post("/vao/gui-lien-ket")
@access(anyone)
def request_link() -> ResponseReturnValue:
    """Send a link; the answer is the same whether or not the account exists."""
    form, purpose = LinkRequestForm(), _purpose()
    if not form.validate():
        return _ask_page(form, purpose, status=422)
    login, now = normal_login(form.login.data), clock.now()
    with unit_of_work():
        waits = attempts.count_link_request(login=login, address=client_address(), now=now)
    attempts.refuse_over(*waits)
    with unit_of_work():
        links.request_link(actor=me(), login=login, purpose=purpose, now=now)
    return see_other(url_for("links.requested", viec=purpose.value))


@bp.get("/vao/da-gui")
@access(anyone)
def requested() -> ResponseReturnValue:
    """What to do next, whoever asked."""
    return page("people/link_requested.html", for_password=_purpose() is LinkPurpose.SET_PASSWORD)


def _purpose() -> LinkPurpose:
    given = request.values.get("viec", "")
    return LinkPurpose(given) if given in set(LinkPurpose) else LinkPurpose.SIGN_IN


def _ask_page(form: LinkRequestForm, purpose: LinkPurpose, status: int = 200) -> Response:
    for_password = purpose is LinkPurpose.SET_PASSWORD
    return page("people/link_request.html", form=form, purpose=purpose.value, for_password=for_password, status=status)


@bp.get("/vao/<secret>")
@access(anyone)
def follow(secret: str) -> ResponseReturnValue:
    """Opening changes nothing, since mail scanners open every link."""
    found = _found(secret)
    return _link_page(secret, found, NewPasswordForm()) if found else _spent_page()


@bp.post("/vao/<secret>")
@access(anyone)
def use(secret: str) -> ResponseReturnValue:
    """Spend the link: sign in by it, or set the password that was typed."""
    found = _found(secret)
    if found is None:
        return _spent_page()
    return _set_password(secret, found) if found.purpose is LinkPurpose.SET_PASSWORD else _enter(found)


def _enter(found: OpenLink) -> Response:
    try:
        with unit_of_work():
            links.use_link(link_id=found.id, now=clock.now())
            begin_session(found.account_id, means="link")
    except LinkSpent:
        return _spent_page()
    return see_other(HOME)


def _set_password(secret: str, found: OpenLink) -> Response:
    form = NewPasswordForm()
    if form.validate():
        try:
            passwords.require_strong(form.password.data, names=(found.login, found.name, found.phone))
        except WeakPassword as refusal:
            form.refuse(refusal)
        else:
            return _keep(found, form.password.data)
    return _link_page(secret, found, form, status=422)


def _keep(found: OpenLink, password: str) -> Response:
    hashed, now = passwords.hash_password(password), clock.now()
    holder = Actor(account_id=found.account_id, display_name=found.name, address=client_address())
    try:
        with unit_of_work():
            links.use_link(link_id=found.id, now=now)
            credentials.set_password(actor=holder, account_id=found.account_id, password_hash=hashed, now=now)
            begin_session(found.account_id, means="link")
    except LinkSpent:
        return _spent_page()
    note_success(_("Đã đặt mật khẩu. Lần sau vào bằng email và mật khẩu này."))
    return see_other(HOME)


def _found(secret: str) -> OpenLink | None:
    """What a secret opens; wrong ones are counted by the address they come from."""
    now = clock.now()
    found = find_link(secret, key=current_app.config["SETTINGS"].key, now=now)
    if found is None:
        with unit_of_work():
            wait = attempts.count_wrong_secret(address=client_address(), now=now)
        attempts.refuse_over(wait)
    return found


def _link_page(secret: str, found: OpenLink, form: NewPasswordForm, status: int = 200) -> Response:
    answer = page(
        "people/link.html",
        form=form,
        action=url_for("links.use", secret=secret),
        for_password=found.purpose is LinkPurpose.SET_PASSWORD,
        name=found.name,
        login=found.login,
        expires_at=found.expires_at,
        status=status,
    )
    return _without_referer(answer)


def _spent_page() -> Response:
    return _without_referer(page("people/link_spent.html", status=410))


def _without_referer(answer: Response) -> Response:
    """The address is a secret: other requests learn the origin at most, which the check of forms over TLS asks for."""
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
