"""The sign-in page, and out again."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.errors import TooManyAttempts, WrongPassword
from kstthc_training.people.forms import SignInForm
from kstthc_training.people.identity import end_session, me
from kstthc_training.people.logins import normal_login
from kstthc_training.people.routes.passwords import check_password, enter
from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import own_path, see_other
from kstthc_training.web.errors import error_page
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page

bp = Blueprint("sign_in", __name__)

HOME = "/"


@bp.get("/vao")
@access(anyone)
def form() -> ResponseReturnValue:
    """The form to sign in."""
    if me().is_authenticated:
        return see_other(wanted_page())
    return _sign_in_page(SignInForm())


@bp.post("/vao")
@access(anyone)
def sign_in() -> ResponseReturnValue:
    """Sign in, and go on to where one wanted to go."""
    typed = SignInForm()
    if typed.validate():
        login = normal_login(typed.login.data)
        try:
            right = check_password(login=login, password=typed.password.data, now=clock.now())
        except WrongPassword as refusal:
            typed.refuse(refusal)
        else:
            enter(right, login=login, password=typed.password.data)
            return see_other(wanted_page())
    return _sign_in_page(typed, status=422)


@bp.post("/ra")
@access(anyone)
def sign_out() -> ResponseReturnValue:
    """Sign out of this browser."""
    with unit_of_work():
        end_session()
    note_success(_("Đã đăng xuất."))
    return see_other("/vao")


@bp.app_errorhandler(TooManyAttempts)
def too_many(refusal: TooManyAttempts) -> Response:
    """429 with the seconds to wait (RFC 6585, 4), whichever page it was that took the secret."""
    answer = error_page(429)
    answer.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return answer


def wanted_page() -> str:
    """The page that was asked for before the sign-in, if it is one of ours, else the first."""
    return own_path(request.values.get("next")) or HOME


def _sign_in_page(typed: SignInForm, status: int = 200) -> Response:
    wanted = own_path(request.values.get("next")) or ""
    return page("people/sign_in.html", form=typed, wanted=wanted, status=status)
