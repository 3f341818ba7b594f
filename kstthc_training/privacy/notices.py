"""Letters about requests of erasure, in the language of whoever asked."""

from dataclasses import replace
from datetime import date

from flask_babel import force_locale, gettext

from kstthc_training.outbox.service import Letter
from kstthc_training.people.models import Account, Person
from kstthc_training.privacy.rules import ERASED_WITHIN
from kstthc_training.settings.queries import Office, office_on


def received(person: Person, account: Account | None, *, due_on: date, today: date) -> Letter:
    """Acknowledges a request, with the last day by law."""
    office = office_on(today)
    with force_locale(_locale(account)):
        subject = gettext("%(product)s: đã nhận yêu cầu xóa dữ liệu", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "%(office)s đã nhận yêu cầu xóa dữ liệu cá nhân của Ông/Bà và sẽ trả lời chậm nhất ngày %(due)s "
            "(%(days)s ngày theo %(basis)s).\n"
            "Đến lúc đó Ông/Bà có thể rút yêu cầu ở trang Dữ liệu của tôi.\n"
            "Nếu không phải Ông/Bà yêu cầu, xin báo ngay: %(contact)s.",
            name=person.full_name, office=office.name, due=f"{due_on:%d/%m/%Y}", days=ERASED_WITHIN,
            basis=office.data_basis, contact=contact_words(office),
        )  # fmt: skip
    return _letter("privacy.received", person, account, subject, body)


def refused(person: Person, account: Account | None, *, reason: str, today: date) -> Letter:
    """Tells why nothing is erased, and whom to ask."""
    office = office_on(today)
    with force_locale(_locale(account)):
        subject = gettext("%(product)s: chưa xóa được dữ liệu", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "%(office)s chưa xóa dữ liệu cá nhân của Ông/Bà như yêu cầu, vì: %(reason)s\n"
            "Nếu không đồng ý, Ông/Bà có thể hỏi hoặc khiếu nại tại %(contact)s.",
            name=person.full_name, office=office.name, reason=reason, contact=contact_words(office),
        )  # fmt: skip
    return _letter("privacy.refused", person, account, subject, body)


def erased(person: Person, account: Account | None, *, today: date) -> Letter:
    """The last letter: what was kept is gone."""
    office = office_on(today)
    with force_locale(_locale(account)):
        subject = gettext("%(product)s: đã xóa dữ liệu", product=office.product)
        body = gettext(
            "Kính gửi Ông/Bà %(name)s,\n\n"
            "%(office)s đã xóa dữ liệu cá nhân của Ông/Bà. Số liệu tổng hợp đã báo cáo vẫn giữ, không còn tên.\n"
            "Đây là lá thư cuối; địa chỉ nhận thư này cũng sẽ được xóa. Cần hỏi thêm: %(contact)s.",
            name=person.full_name, office=office.name, contact=contact_words(office),
        )  # fmt: skip
    return replace(_letter("privacy.erased", person, account, subject, body), person_id=None)


def contact_words(office: Office) -> str:
    """Whom to ask about personal data, with how to reach them."""
    return ", ".join(filter(None, (office.data_contact or office.name, office.data_email, office.data_phone)))


def _locale(account: Account | None) -> str:
    return account.locale if account else "vi"


def _letter(kind: str, person: Person, account: Account | None, subject: str, body: str) -> Letter:
    recipient = account.login if account else person.email
    return Letter(
        kind=kind, recipient=recipient, recipient_name=person.full_name, person_id=person.id, subject=subject, body=body,
        locale=_locale(account), path="/tai-khoan/du-lieu",
    )  # fmt: skip
