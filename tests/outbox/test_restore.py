"""The drill after a restore: nothing goes until an operator says so, and nothing to those who cancelled since."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

from flask import Flask

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.outbox.enums import KnownTrouble, MessageState
from kstthc_training.outbox.letter_round import LetterRound
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.queries.tickets import TICKET_PURPOSE
from tests.outbox.letters import letter, posted
from tests.support.factories import make_event, make_person, make_registration
from tests.support.mail_server import mail_server


def test_nothing_goes_after_a_restore_until_an_operator_says_so_and_nothing_to_the_cancelled(
    app: Flask, now: datetime
) -> None:
    event = make_event()
    kept = make_registration(event, make_person("Lê Mẫu Ở"))
    gone = make_registration(event, make_person("Lê Mẫu Thôi"), state=RegistrationState.CANCELLED)
    bears = {"link_purpose": TICKET_PURPOSE, "body": "Vé: {{link}}"}
    letters = [posted(f"{each.id}@mau.example", link_id=each.id, **bears) for each in (kept, gone)]
    runner = app.test_cli_runner()
    runner.invoke(args=["outbox", "hold", "Khôi phục từ bản sao"])
    with mail_server() as server:
        config = replace(app.config["SETTINGS"], smtp_host=server.address[0], smtp_port=server.address[1])
        carrying = LetterRound(config, app.extensions["outbox"], worker="w", stopping=threading.Event())
        with clock.frozen(now + timedelta(days=2)):
            carrying.turn()
        assert (server.taken, [letter(each).state for each in letters]) == ([], [MessageState.WAITING] * 2)
        db.session.rollback()

        runner.invoke(args=["outbox", "release"])
        carrying.turn()

    assert [mail["To"].addresses[0].addr_spec for mail in server.taken] == [f"{kept.id}@mau.example"]
    assert [letter(each).state for each in letters] == [MessageState.SENT, MessageState.FAILED]
    assert letter(letters[1]).last_error == KnownTrouble.NO_LINK
