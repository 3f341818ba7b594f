"""Letters about an account, in its holder's language; where one bears a link, its place is kept by `{{link}}`."""

from datetime import date

from flask_babel import force_locale, gettext

from kstthc_training.clock import local
from kstthc_training.outbox.service import Letter
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.models import Account, OneTimeLink, Person
from kstthc_training.settings.queries import Office, office_on


def invitation(account: Account, person: Person, link: OneTimeLink) -> Letter:
    """Tells a new user how to come in for the first time."""
    office = _office(link)
    with force_locale(account.locale):
        subject = gettext("%(product)s: tài khoản của Ông/Bà", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "%(office)s đã mở cho Ông/Bà một tài khoản tại %(product)s.\n"
            "Để đặt mật khẩu và vào lần đầu, mời mở liên kết sau và bấm nút trên trang:\n\n"
            "{{link}}\n\n"
            "Liên kết dùng được một lần, đến %(until)s. Tên đăng nhập: %(login)s.\n"
            "Nếu Ông/Bà không chờ thư này, xin bỏ qua.",
            name=person.full_name, office=office.name, product=office.product, until=_until(link), login=account.login,
        )  # fmt: skip
    return _letter("account.invitation", account, person, subject, body, link)


def new_password(account: Account, person: Person, link: OneTimeLink) -> Letter:
    """Answers somebody who forgot the password."""
    office = _office(link)
    with force_locale(account.locale):
        subject = gettext("%(product)s: đặt lại mật khẩu", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "Có người, có lẽ là Ông/Bà, xin đặt lại mật khẩu tại %(product)s. "
            "Mời mở liên kết sau và đặt mật khẩu mới:\n\n"
            "{{link}}\n\n"
            "Liên kết dùng được một lần, đến %(until)s.\n"
            "Nếu Ông/Bà không xin, xin bỏ qua thư này: mật khẩu cũ vẫn dùng được.",
            name=person.full_name, product=office.product, until=_until(link),
        )  # fmt: skip
    return _letter("account.new_password", account, person, subject, body, link)


def sign_in(account: Account, person: Person, link: OneTimeLink) -> Letter:
    """Lets somebody in without a password, once."""
    office = _office(link)
    with force_locale(account.locale):
        subject = gettext("%(product)s: liên kết đăng nhập", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "Để vào %(product)s, mời mở liên kết sau và bấm nút trên trang:\n\n"
            "{{link}}\n\n"
            "Liên kết dùng được một lần, đến %(until)s. Xin đừng chuyển thư này cho người khác.\n"
            "Nếu Ông/Bà không xin, xin bỏ qua.",
            name=person.full_name, product=office.product, until=_until(link),
        )  # fmt: skip
    return _letter("account.sign_in", account, person, subject, body, link)


def password_changed(account: Account, person: Person, day: date) -> Letter:
    """Tells the holder, who should know when it was somebody else."""
    office = office_on(day)
    with force_locale(account.locale):
        subject = gettext("%(product)s: mật khẩu đã đổi", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "Mật khẩu của Ông/Bà tại %(product)s vừa được đổi, và các máy khác đã được đăng xuất.\n"
            "Nếu không phải Ông/Bà đổi, xin báo ngay cho quản trị viên và đặt lại mật khẩu ở trang đăng nhập.",
            name=person.full_name, product=office.product,
        )  # fmt: skip
    return _letter("account.password_changed", account, person, subject, body, None)


def login_changed(account: Account, person: Person, former: str, day: date) -> Letter:
    """Tells the old address that it opens the account no longer."""
    office = office_on(day)
    with force_locale(account.locale):
        subject = gettext("%(product)s: email đăng nhập đã đổi", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "Từ nay Ông/Bà vào %(product)s bằng %(login)s; địa chỉ nhận thư này không dùng để vào nữa.\n"
            "Nếu Ông/Bà không biết việc này, xin báo ngay cho quản trị viên.",
            name=person.full_name, product=office.product, login=account.login,
        )  # fmt: skip
    return Letter(
        kind="account.login_changed", recipient=former, recipient_name=person.full_name, subject=subject, body=body
    )


def _letter(kind: str, account: Account, person: Person, subject: str, body: str, link: OneTimeLink | None) -> Letter:
    return Letter(
        kind=kind,
        recipient=account.login,  # never the address in the directory, which others than administrators may change
        recipient_name=person.full_name,
        subject=subject,
        body=body,
        link_purpose=LinkPurpose(link.purpose).value if link else None,
        link_id=link.id if link else None,
    )


def _office(link: OneTimeLink) -> Office:
    return office_on(local(link.created_at).date())


def _until(link: OneTimeLink) -> str:
    return f"{local(link.expires_at):%H:%M %d/%m/%Y}"
