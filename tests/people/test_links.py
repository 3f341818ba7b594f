"""One-time links are used once, whoever presses first."""

import threading

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.errors import LinkSpent
from kstthc_training.people.models import OneTimeLink
from kstthc_training.people.service.links import spend_links, use_link
from tests.people.at_hand import give_link
from tests.support.factories import make_account


@pytest.mark.parametrize("round_", range(5))
def test_of_two_who_press_at_one_time_one_gets_in(app, now, round_):
    link_id, _ = give_link(make_account())
    gate, refusals = threading.Barrier(4), []

    def press():
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work():
                    use_link(link_id=link_id, now=now)
            except LinkSpent as refusal:
                refusals.append(refusal)
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 3


def test_spending_ends_the_links_of_one_account(app):
    account, other = make_account(), make_account()
    mine, theirs = give_link(account)[0], give_link(other)[0]
    with unit_of_work():
        spend_links(account_id=account.id, now=clock.now())
    used = {link.id: link.used_at for link in db.session.scalars(select(OneTimeLink))}
    assert used == {mine: clock.now(), theirs: None}


def test_a_link_that_was_never_made_is_spent(app, now):
    with pytest.raises(LinkSpent), unit_of_work():
        use_link(link_id=999, now=now)
