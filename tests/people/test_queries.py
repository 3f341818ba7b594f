"""Who an actor is."""

from datetime import timedelta

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.enums import Role
from kstthc_training.people.queries import find_actor
from kstthc_training.people.service import sign_ins
from tests.support.factories import make_account, make_organisation


def test_find_actor_knows_roles_and_organisations_in_one_statement(app, statements):
    organisation = make_organisation()
    account = make_account(Role.ORGANIZER, focal_of=organisation)
    with unit_of_work():
        secret = sign_ins.open_sign_in(account_id=account.id, address="", browser="", now=clock.now())
    with statements() as seen:
        found = find_actor(secret=secret, now=clock.now())
    actor, _seen_at = found
    assert len(seen) == 1
    assert actor.roles == {Role.MEMBER, Role.ORGANIZER, Role.FOCAL_POINT}
    assert actor.focal_of == {organisation.id}


def test_find_actor_knows_nobody_once_the_sign_in_expired(app):
    account = make_account()
    with unit_of_work():
        secret = sign_ins.open_sign_in(account_id=account.id, address="", browser="", now=clock.now())
    assert find_actor(secret=secret, now=clock.now() + sign_ins.LONGEST) is None
    assert find_actor(secret=secret, now=clock.now() + sign_ins.LONGEST - timedelta(seconds=1)) is not None
