"""Where the pages of naming send what, for a focal point who is signed in and for the bearer of a link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from kstthc_training.organisations.models import Organisation
from kstthc_training.registrations.queries import NamedPerson


@dataclass(frozen=True)
class Ways:
    """The addresses of one naming: naming, withdrawing, a substitute for one, a list from a file, the answers of one."""

    action: str
    withdraw_action: str
    swap_href: Callable[[int], str]
    list_href: str
    answers_href: Callable[[NamedPerson], str]
    back_href: str
    back_words: str
    is_signed_in: bool = True


def signed_in_ways(organisation: Organisation, code: str) -> Ways:
    """The ways of a focal point who is signed in."""
    here: dict[str, Any] = {"organisation_id": organisation.id, "code": code}
    return Ways(
        action=url_for("organisation.nominate", **here),
        withdraw_action=url_for("organisation.withdraw", **here),
        swap_href=lambda number: url_for("organisation.choose_substitute", **here, ai=number),
        list_href=url_for("organisation.choose_list", **here),
        answers_href=lambda person: url_for("registrations.ticket_answers", code=person.ticket_code),
        back_href=url_for("organisation.home", dv=organisation.id),
        back_words=organisation.short_name or organisation.name,
    )


def link_ways(secret: str) -> Ways:
    """The ways of whoever holds the link of an invitation."""

    def answers(person: NamedPerson) -> str:
        return url_for("organisation.invited_answers", secret=secret, registration_id=person.registration_id)

    return Ways(
        action=url_for("organisation.nominate_invited", secret=secret),
        withdraw_action=url_for("organisation.withdraw_invited", secret=secret),
        swap_href=lambda registration_id: url_for(
            "organisation.choose_invited_substitute", secret=secret, ai=registration_id
        ),
        list_href=url_for("organisation.choose_invited_list", secret=secret),
        answers_href=answers,
        back_href=url_for("organisation.invited", secret=secret),
        back_words=_("Giấy mời"),
        is_signed_in=False,
    )
