"""Whoever reads the whole database, or the logs, can open nothing with it."""

import logging

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import Base, db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.addresses import LINKS
from kstthc_training.people.jobs import answer_link_request
from kstthc_training.people.models import Person
from kstthc_training.people.service import accounts
from tests.people.at_hand import PASSWORD
from tests.support.factories import make_account, make_person


def everything_kept() -> str:
    """Every value of every row, as text."""
    rows = (row for table in Base.metadata.sorted_tables for row in db.session.execute(select(table)))
    return "\n".join(str(value) for row in rows for value in row)


def address_in(letter: Message) -> str:
    return LINKS[letter.link_purpose](letter.link_id).removeprefix("http://localhost")


def test_no_secret_stands_in_the_database_at_any_moment(client):
    with unit_of_work() as session:
        person = session.get_one(Person, make_person("Bùi Mẫu Lệ").id)
        accounts.invite(actor=SYSTEM, person=person, now=clock.now())
    (letter,) = db.session.scalars(select(Message)).all()
    path = address_in(letter)
    number, _, secret = path.removeprefix("/vao/").partition("-")
    assert len(secret) == 32
    assert secret not in everything_kept()
    client.post(path, data={"password": PASSWORD, "again": PASSWORD})
    with client.session_transaction() as browser:
        sign_in = browser["_user_id"]
    kept = everything_kept()
    assert (secret in kept, PASSWORD in kept, sign_in in kept) == (False, False, False)
    assert f"{letter.link_id}" == number


def test_a_link_asked_for_leaves_no_secret_in_the_job_either(client):
    account = make_account()
    client.post("/vao/gui-lien-ket", data={"login": account.login, "viec": "sign-in"})
    (payload,) = [row.payload for row in db.session.execute(select(Base.metadata.tables["outbox_jobs"]))]
    answer_link_request(payload, clock.now())
    path = address_in(db.session.scalars(select(Message)).one())
    assert path.rpartition("-")[2] not in everything_kept()
    assert client.post(path).status_code == 303


def test_the_log_tells_the_route_not_the_secret(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get("/vao/17-khongphaimotbimatnaoca")
        client.post("/vao", data={"login": "an@mau.example", "password": PASSWORD, "next": "/lich?q=bimat"})
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "khongphaimotbimatnaoca" not in logged
    assert PASSWORD not in logged
    assert "an@mau.example" not in logged
    assert "/vao/<secret>" in logged
