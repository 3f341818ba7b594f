"""One's own account: who one is here, the password, language and look, and where one is signed in."""

from flask import Blueprint, Response, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people import passwords
from kstthc_training.people.browsers import browser_name
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.errors import WeakPassword, WrongPassword
from kstthc_training.people.forms import ChangePasswordForm
from kstthc_training.people.identity import client_address, me
from kstthc_training.people.queries import Profile, get_profile, sign_ins_of
from kstthc_training.people.routes.passwords import check_password, keep_password
from kstthc_training.people.service import attempts, credentials, links, sign_ins
from kstthc_training.people.words import role_names
from kstthc_training.text import shown_phone
from kstthc_training.web.access import access, anyone, signed_in
from kstthc_training.web.answers import own_path, see_other
from kstthc_training.web.locale import LOCALES
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

bp = Blueprint("account", __name__)

THEMES = ("auto", "light", "dark")


@bp.get("/tai-khoan")
@access(signed_in)
def index() -> ResponseReturnValue:
    """One's own account: who one is, where one is signed in, language and theme."""
    profile = _own_profile()
    browsers = sign_ins_of(profile.account.id, now=clock.now())
    return page(
        "people/account.html",
        profile=profile,
        phone=shown_phone(profile.person.phone),
        roles=role_names(profile.grants),
        browsers=[(row, browser_name(row.browser), row.id == me().sign_in_id) for row in browsers],
        has_others=len(browsers) > 1,
        has_password=profile.account.password_hash is not None,
    )


@bp.get("/tai-khoan/mat-khau")
@access(signed_in)
def password() -> ResponseReturnValue:
    """The form for one's own password."""
    return _password_page(_own_profile(), ChangePasswordForm())


@bp.post("/tai-khoan/mat-khau")
@access(signed_in)
def change_password() -> ResponseReturnValue:
    """Change one's password; other sign-ins end."""
    profile, form = _own_profile(), ChangePasswordForm()
    if form.validate():
        try:
            _change_password(profile, form)
        except (WeakPassword, WrongPassword) as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã đổi mật khẩu. Các nơi khác đã được đăng xuất."))
            return see_other(url_for("account.index"))
    return _password_page(_own_profile(), form, status=422)


def _change_password(profile: Profile, form: ChangePasswordForm) -> None:
    account_id, login = profile.account.id, profile.account.login
    names = (login, profile.person.full_name, profile.person.phone)
    check_password(login=login, password=form.current.data, now=clock.now())
    passwords.require_strong(form.password.data, names=names)
    keep_password(account_id=account_id, login=login, password=form.password.data)


@bp.post("/tai-khoan/mat-khau/lien-ket")
@access(signed_in)
def password_link() -> ResponseReturnValue:
    """For those who have no password yet: the link goes to the address of the account."""
    login, now = _own_profile().account.login, clock.now()
    with unit_of_work():
        waits = attempts.count_link_request(login=login, address=client_address(), now=now)
    attempts.refuse_over(*waits)
    with unit_of_work():
        links.request_link(actor=me(), login=login, purpose=LinkPurpose.SET_PASSWORD, now=now)
    note_success(_("Thư có liên kết đặt mật khẩu đang trên đường tới %(login)s.", login=login))
    return see_other(url_for("account.index"))


@bp.post("/tai-khoan/noi-khac")
@access(signed_in)
def end_others() -> ResponseReturnValue:
    """End one's sign-ins on all other devices."""
    actor = me()
    with unit_of_work():
        sign_ins.end_others(actor=actor, now=clock.now())
    note_success(_("Đã đăng xuất các nơi khác."))
    return see_other(url_for("account.index"))


@bp.post("/tai-khoan/ngon-ngu")
@access(anyone)
def language() -> ResponseReturnValue:
    """Choose the language of pages and letters."""
    locale = request.form.get("locale", "")
    if locale in LOCALES:
        account_id = me().account_id
        if account_id is None:
            session["locale"] = locale
        else:
            with unit_of_work():
                credentials.choose_locale(account_id=account_id, locale=locale)
    return _back()


@bp.post("/tai-khoan/giao-dien")
@access(anyone)
def theme() -> ResponseReturnValue:
    """Choose light, dark, or what the device says."""
    chosen = request.form.get("theme", "")
    if chosen in THEMES:
        account_id = me().account_id
        if account_id is None:
            session["theme"] = chosen
        else:
            with unit_of_work():
                credentials.choose_theme(account_id=account_id, theme=chosen)
    return _back()


def _back() -> Response:
    return see_other(own_path(request.form.get("next")) or url_for("account.index"))


def _own_profile() -> Profile:
    return get_profile(me().account_id or 0)


def _password_page(profile: Profile, form: ChangePasswordForm, status: int = 200) -> Response:
    return page(
        "people/password.html",
        form=form,
        login=profile.account.login,
        has_password=profile.account.password_hash is not None,
        status=status,
    )
