"""The list of accounts, and the page of one."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.forms import LoginForm, RolesForm
from kstthc_training.administration.queries.accounts import AccountState, account_page
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.administration.words import ACCOUNT_STATES, ROLE_HINTS
from kstthc_training.db import unit_of_work
from kstthc_training.organisations.queries import organisation_choices
from kstthc_training.people.browsers import browser_name
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import AccountDisabled, LastAdministrator
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers
from kstthc_training.people.queries import Profile, get_profile, sign_ins_of
from kstthc_training.people.readings import note_reading
from kstthc_training.people.service import accounts as service
from kstthc_training.people.service import sign_ins
from kstthc_training.people.words import ROLES, role_names
from kstthc_training.refusals import Refusal
from kstthc_training.text import shown_phone
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before


@bp.get("/quan-tri/tai-khoan")
@access(administers)
def accounts() -> ResponseReturnValue:
    """The list of accounts, searched, filtered by role and state."""
    note_reading("accounts.read", subject_type="account")
    words, role, state = asked_words(), _wanted_role(), _wanted_state()
    listed = account_page(words=words, role=role, state=state, offset=rows_before(), limit=ROWS, now=clock.now())
    return page(
        "administration/accounts.html",
        fragments=("danh_sach",),
        tabs=tabs(),
        rows=[(row, role_names(listed.roles[row.id]), ACCOUNT_STATES[AccountState(row.state)]) for row in listed.rows],
        pager=pager(shown=len(listed.rows), total=listed.total),
        words=words,
        role=role.value if role else "",
        state=state.value if state else "",
        role_options=[("", _("Mọi quyền")), *((each.value, ROLES[each]) for each in Role)],
        state_options=[
            ("", _("Mọi trạng thái")),
            *((each.value, f"{label} ({listed.counts[each]})") for each, (label, _tone) in ACCOUNT_STATES.items()),
        ],
    )


def _wanted_role() -> Role | None:
    given = request.args.get("quyen", "")
    return Role(given) if given in set(Role) else None


def _wanted_state() -> AccountState | None:
    given = request.args.get("trang-thai", "")
    return AccountState(given) if given in set(AccountState) else None


@bp.get("/quan-tri/tai-khoan/<int:account_id>")
@access(administers)
def account(account_id: int) -> ResponseReturnValue:
    """One account: its holder, roles, state and sign-ins."""
    profile = get_profile(account_id)
    return _account_page(profile, _roles_form(profile, filled=True))


@bp.post("/quan-tri/tai-khoan/<int:account_id>")
@access(administers)
def change_roles(account_id: int) -> ResponseReturnValue:
    """Give the account exactly the roles that were ticked."""
    form = _roles_form(get_profile(account_id))
    if form.validate():
        shown, wanted = form.was_shown(), form.wanted()
        try:
            with unit_of_work():
                service.change_roles(actor=me(), account_id=account_id, shown=shown, wanted=wanted, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã lưu quyền. Có hiệu lực ngay ở trang kế tiếp người ấy mở."))
            return see_other(_address(account_id))
    return _account_page(get_profile(account_id), form, status=422)


def _roles_form(profile: Profile, *, filled: bool = False) -> RolesForm:
    form = RolesForm()
    focal_of = [(number, name or "") for _role, number, name in profile.grants if number is not None]
    form.offer(focal_of, organisation_choices(clock.local_date(clock.now())))
    if filled:
        form.show({(role, number) for role, number, _name in profile.grants})
    return form


def _account_page(profile: Profile, form: RolesForm, status: int = 200) -> Response:
    browsers = sign_ins_of(profile.account.id, now=clock.now())
    state = _state_of(profile)
    return page(
        "administration/account.html",
        tabs=tabs(),
        profile=profile,
        form=form,
        role_hints=ROLE_HINTS,
        phone=shown_phone(profile.person.phone),
        state=ACCOUNT_STATES[state],
        is_disabled=state is AccountState.DISABLED,
        is_invited=state is AccountState.INVITED,
        browsers=[(row, browser_name(row.browser)) for row in browsers],
        status=status,
    )


def _state_of(profile: Profile) -> AccountState:
    if profile.account.disabled_at is not None:
        return AccountState.DISABLED
    return AccountState.INVITED if profile.account.password_hash is None else AccountState.ACTIVE


@bp.post("/quan-tri/tai-khoan/<int:account_id>/ngung")
@access(administers)
def disable(account_id: int) -> ResponseReturnValue:
    """Disable the account and end its sign-ins; the last administrator stays."""
    get_profile(account_id)
    try:
        with unit_of_work():
            service.disable(actor=me(), account_id=account_id, now=clock.now())
    except LastAdministrator:
        note_problem(_("Đây là quản trị viên cuối cùng. Hãy giao quyền quản trị cho người khác trước."))
    else:
        undo = url_for("administration.enable", account_id=account_id)
        note_success(_("Đã ngừng tài khoản và đăng xuất khỏi mọi nơi."), undo_action=undo)
    return see_other(_address(account_id))


@bp.post("/quan-tri/tai-khoan/<int:account_id>/mo-lai")
@access(administers)
def enable(account_id: int) -> ResponseReturnValue:
    """Let a disabled account sign in again."""
    get_profile(account_id)
    with unit_of_work():
        service.enable(actor=me(), account_id=account_id, now=clock.now())
    note_success(_("Tài khoản dùng lại được, với mật khẩu và quyền như trước."))
    return see_other(_address(account_id))


@bp.post("/quan-tri/tai-khoan/<int:account_id>/gui-lai")
@access(administers)
def resend(account_id: int) -> ResponseReturnValue:
    """Send the holder a fresh invitation in place of the last one."""
    try:
        with unit_of_work():
            service.resend(actor=me(), account_id=account_id, now=clock.now())
    except AccountDisabled:
        note_problem(_("Tài khoản đã ngừng nên không nhận liên kết. Hãy mở lại trước."))
    else:
        note_success(_("Liên kết đặt mật khẩu mới đang trên đường, dùng được trong bảy ngày. Liên kết cũ hết hiệu lực."))
    return see_other(_address(account_id))


@bp.post("/quan-tri/tai-khoan/<int:account_id>/dang-xuat")
@access(administers)
def end_sign_ins(account_id: int) -> ResponseReturnValue:
    """Sign the account out everywhere."""
    get_profile(account_id)
    with unit_of_work():
        sign_ins.end_all(actor=me(), account_id=account_id, now=clock.now())
    note_success(_("Đã đăng xuất tài khoản khỏi mọi nơi."))
    return see_other(_address(account_id))


@bp.get("/quan-tri/tai-khoan/<int:account_id>/email")
@access(administers)
def login(account_id: int) -> ResponseReturnValue:
    """The form for another sign-in name."""
    return _login_page(get_profile(account_id), LoginForm())


@bp.post("/quan-tri/tai-khoan/<int:account_id>/email")
@access(administers)
def change_login(account_id: int) -> ResponseReturnValue:
    """Give the account another sign-in name."""
    form = LoginForm()
    if form.validate():
        try:
            with unit_of_work():
                service.change_login(actor=me(), account_id=account_id, login=form.email.data, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(_("Đã đổi email đăng nhập; địa chỉ cũ nhận một thư báo."))
            return see_other(_address(account_id))
    return _login_page(get_profile(account_id), form, status=422)


def _login_page(profile: Profile, form: LoginForm, status: int = 200) -> Response:
    return page("administration/login.html", tabs=tabs(), profile=profile, form=form, status=status)


def _address(account_id: int) -> str:
    return url_for("administration.account", account_id=account_id)
