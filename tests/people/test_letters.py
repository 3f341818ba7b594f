"""Letters about accounts: whole, in the holder's language, and never to somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.addresses import LINKS
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.errors import LinkSpent
from kstthc_training.people.models import Account
from kstthc_training.people.service import accounts
from kstthc_training.people.service.links import ASKED_FOR, INVITATION, post_link, spend_links
from kstthc_training.settings.service import set_value
from tests.support.factories import make_account, make_person


def posted(kind, person=None):
    account = make_account(person=person)
    with unit_of_work() as session:
        kept = session.get_one(Account, account.id)
        who = session.merge(person or make_person())
        post_link(account=kept, person=who, kind=kind, now=clock.now())
    return account, db.session.scalars(select(Message)).one()


@pytest.mark.parametrize("kind", [INVITATION, *ASKED_FOR.values()])
def test_a_letter_names_the_person_the_product_and_the_last_minute(app, now, kind):
    _account, letter = posted(kind, make_person("Bùi Mẫu Lệ"))
    until = clock.local(now + kind.valid_for)
    assert "Kính gửi Ông/Bà Bùi Mẫu Lệ," in letter.body
    assert f"đến {until:%H:%M %d/%m/%Y}" in letter.body
    assert letter.body.count("{{link}}") == 1
    assert letter.subject.startswith("Lịch họp: ")


def test_a_letter_bears_the_name_the_office_has_that_day(app, now):
    with unit_of_work():
        for name, value in (("name", "Văn phòng mẫu"), ("product", "Lịch mẫu")):
            set_value(actor=SYSTEM, name=name, value=value, valid_from=clock.local_date(now), now=now)
    _account, letter = posted(INVITATION)
    assert letter.subject == "Lịch mẫu: tài khoản của Ông/Bà"
    assert "Văn phòng mẫu đã mở cho Ông/Bà" in letter.body


@pytest.mark.parametrize("name", ["%s %(name)s {0} {{7*7}}", "<b>Lệ</b>", "Lệ\r\nBcc: x@y.example"])
def test_a_hostile_name_is_a_name(app, name):
    _account, letter = posted(INVITATION, make_person(name))
    assert letter.body.startswith(f"Kính gửi Ông/Bà {' '.join(name.split())},")
    assert "\n" not in letter.recipient_name


def test_the_address_of_a_link_that_is_over_is_not_derived(app, now):
    account, letter = posted(ASKED_FOR[LinkPurpose.SIGN_IN])
    derive = LINKS[letter.link_purpose]
    assert derive(letter.link_id).startswith(f"http://localhost/vao/{letter.link_id}-")
    with clock.frozen(now + timedelta(minutes=10)), pytest.raises(LinkSpent):
        derive(letter.link_id)
    with unit_of_work():
        spend_links(account_id=account.id, now=now)
    with pytest.raises(LinkSpent):
        derive(letter.link_id)


def test_no_address_is_derived_for_a_disabled_account(app):
    account, letter = posted(INVITATION)
    with unit_of_work():
        accounts.disable(actor=SYSTEM, account_id=account.id, now=clock.now())
    with pytest.raises(LinkSpent):
        LINKS[letter.link_purpose](letter.link_id)


def test_every_purpose_has_its_address():
    assert set(LINKS) == {purpose.value for purpose in LinkPurpose}
