"""What people decide about single letters, and how it is taken back; bounces; other addresses."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox import queries, queue, service
from kstthc_training.outbox.enums import MessageState, PathStep
from kstthc_training.outbox.errors import AddressChanged, BodyErased
from kstthc_training.outbox.models import Message, Step
from kstthc_training.outbox.service import NewAddress
from kstthc_training.refusals import Unknown
from tests.outbox.letters import letter, posted

WAITING, HELD, SENT, FAILED, BOUNCED, DISCARDED = (
    MessageState.WAITING, MessageState.HELD, MessageState.SENT, MessageState.FAILED, MessageState.BOUNCED,
    MessageState.DISCARDED,
)  # fmt: skip
ME = 4


def in_state(state: MessageState, **fields: object) -> int:
    letter_id = posted(f"{state}@mau.example")
    with unit_of_work() as work:
        row = work.get_one(Message, letter_id)
        row.state = state
        for name, value in fields.items():
            setattr(row, name, value)
    return letter_id


def one_of_each(now: datetime) -> dict[MessageState, int]:
    return {state: in_state(state, sent_at=now if state in (SENT, BOUNCED) else None) for state in MessageState}


def states(ids: dict[MessageState, int]) -> dict[MessageState, MessageState]:
    return {was: letter(letter_id).state for was, letter_id in ids.items()}


def path(letter_id: int) -> list[PathStep]:
    found = db.session.scalars(select(Step.what).where(Step.message_id == letter_id).order_by(Step.id)).all()
    db.session.rollback()
    return list(found)


def taken_by_a_worker(letter_id: int, now: datetime) -> None:
    with unit_of_work():
        queue.claim(Message.id == letter_id, Message, worker="w", limit=1, now=now)


def test_everything_but_what_was_sent_may_go_now(app: Flask, now: datetime) -> None:
    ids, later = one_of_each(now), now + timedelta(hours=1)

    with unit_of_work():
        gone = service.send_now(ids=list(ids.values()), account_id=ME, now=later)

    assert states(ids) == dict.fromkeys(MessageState, WAITING) | {SENT: SENT}
    assert set(gone.ids) == {letter_id for state, letter_id in ids.items() if state is not SENT}
    assert path(ids[HELD]) == [PathStep.RELEASED]
    assert path(ids[BOUNCED]) == [PathStep.SENT_AGAIN]
    assert (letter(ids[FAILED]).run_at, letter(ids[FAILED]).tries) == (later, 0)


def test_letter_that_failed_goes_anew_under_its_message_id_and_grows_old_anew(app: Flask, now: datetime) -> None:
    letter_id, later = in_state(FAILED, last_error="550 no such user"), now + timedelta(days=9)
    before = letter(letter_id)

    with unit_of_work():
        service.send_now(ids=[letter_id], account_id=ME, now=later)
    taken_by_a_worker(letter_id, later)
    with unit_of_work():
        queue.pause_letter(letter(letter_id), reason="451", now=later)

    after = letter(letter_id)
    assert (after.message_id, after.state, after.run_at) == (before.message_id, WAITING, later + timedelta(minutes=1))


def test_letter_let_go_passes_the_holds_that_stood_and_no_later_one(app: Flask, now: datetime) -> None:
    chosen, other, later = posted("a@mau.example"), posted("b@mau.example"), now + timedelta(minutes=1)
    with unit_of_work():
        service.hold_letters(reason="khôi phục", now=now)
    with unit_of_work():
        service.send_now(ids=[chosen], account_id=ME, now=later)

    assert due(later) == [chosen]
    with unit_of_work():
        service.let_letters_go()
    assert due(later) == [chosen, other]
    with unit_of_work():
        service.hold_letters(reason="lần nữa", now=later + timedelta(seconds=1))
    assert due(later + timedelta(minutes=1)) == []


def due(now: datetime) -> list[int]:
    found = db.session.scalars(select(Message.id).where(queries.letter_is_due(now)).order_by(Message.id)).all()
    db.session.rollback()
    return list(found)


def test_letter_without_its_text_cannot_go(app: Flask, now: datetime) -> None:
    letter_id = in_state(FAILED, body=None)

    with unit_of_work():
        assert service.send_now(ids=[letter_id], account_id=ME, now=now).ids == ()

    assert (letter(letter_id).state, path(letter_id)) == (FAILED, [])


def test_only_what_waits_is_held(app: Flask, now: datetime) -> None:
    ids = one_of_each(now)

    with unit_of_work():
        held = service.hold_back(ids=list(ids.values()), account_id=ME, now=now)

    assert (held.ids, letter(ids[WAITING]).state) == ((ids[WAITING],), HELD)
    assert due(now + timedelta(days=1)) == []


def test_what_has_not_gone_or_came_back_is_given_up(app: Flask, now: datetime) -> None:
    ids = one_of_each(now)

    with unit_of_work():
        given_up = service.discard(ids=list(ids.values()), account_id=ME, now=now)

    assert states(ids) == dict.fromkeys(MessageState, DISCARDED) | {SENT: SENT}
    assert len(given_up.ids) == 4


@pytest.mark.parametrize("verb", [service.send_now, service.hold_back, service.discard])
def test_letter_in_a_workers_hands_is_left_alone(app: Flask, now: datetime, verb) -> None:  # type: ignore[no-untyped-def]
    letter_id = posted()
    taken_by_a_worker(letter_id, now)

    with unit_of_work():
        assert verb(ids=[letter_id], account_id=ME, now=now).ids == ()

    assert (letter(letter_id).state, letter(letter_id).claimed_by) == (WAITING, "w")


def test_decision_is_taken_back_but_not_for_what_moved_on(app: Flask, now: datetime) -> None:
    later = now + timedelta(hours=1)
    paused = in_state(WAITING, run_at=later)
    failed, sent, moved = (posted(f"{n}@mau.example") for n in range(3))
    with unit_of_work() as work:
        for each in (failed, sent, moved):
            work.get_one(Message, each).state = FAILED
    with unit_of_work():
        act = service.send_now(ids=[paused, failed, sent, moved], account_id=ME, after=timedelta(seconds=10), now=now)
    assert letter(paused).run_at == now + timedelta(seconds=10)
    taken_by_a_worker(sent, now)
    with unit_of_work():
        queue.letters_sent({letter(sent): "250 OK"}, now=now)
        service.hold_back(ids=[moved], account_id=5, now=now)

    with unit_of_work():
        back = service.undo(act=act.act, account_id=ME, now=now)

    assert back.ids == (paused, failed)
    assert [letter(each).state for each in (paused, failed, sent, moved)] == [WAITING, FAILED, SENT, HELD]
    assert (letter(paused).run_at, letter(paused).let_go_at) == (later, None)
    assert path(failed) == [PathStep.SENT_AGAIN, PathStep.UNDONE]
    with unit_of_work():
        assert service.undo(act=act.act, account_id=ME, now=now).ids == ()


def test_command_gives_up_all_that_waits_but_not_what_is_in_hand(app: Flask, now: datetime) -> None:
    in_hand, waiting, held = posted("a@mau.example"), posted("b@mau.example"), in_state(HELD)
    taken_by_a_worker(in_hand, now)

    with unit_of_work():
        assert service.discard_waiting_letters(now=now) == 2

    assert [letter(each).state for each in (in_hand, waiting, held)] == [WAITING, DISCARDED, DISCARDED]


def test_letter_that_comes_back_says_why(app: Flask, now: datetime) -> None:
    letter_id = in_state(SENT, sent_at=now)
    known = letter(letter_id).message_id

    with unit_of_work():
        assert service.note_bounced(message_id=known, reason="550 5.1.1 user unknown", at=now)
        assert service.note_bounced(message_id=known, reason="550 5.1.1 user unknown", at=now)
        assert not service.note_bounced(message_id="<unheard-of@lich-hop>", reason="550", at=now)

    assert (letter(letter_id).state, letter(letter_id).last_error) == (BOUNCED, "550 5.1.1 user unknown")
    assert path(letter_id) == [PathStep.BOUNCED]


def test_report_of_an_earlier_try_changes_nothing(app: Flask, now: datetime) -> None:
    waiting, elsewhere = in_state(WAITING), in_state(SENT, sent_at=now)

    with unit_of_work():
        assert service.note_bounced(message_id=letter(waiting).message_id, reason="550", at=now)
        known = letter(elsewhere).message_id
        assert service.note_bounced(message_id=known, reason="550", at=now, recipient="OLD@mau.example")

    assert (letter(waiting).state, letter(elsewhere).state) == (WAITING, SENT)


def test_letter_goes_to_another_address_under_its_message_id(app: Flask, now: datetime) -> None:
    letter_id = in_state(BOUNCED, sent_at=now, last_error="550 5.1.1")
    before = letter(letter_id)
    to = NewAddress(old=before.recipient, new="Mot.Cua@Vinh-Dieu.example", name="Trương Mẫu Quỳnh")

    with unit_of_work():
        service.readdress(message_id=letter_id, to=to, account_id=ME, now=now)

    after = letter(letter_id)
    assert (after.recipient, after.host, after.recipient_name) == (to.new, "vinh-dieu.example", "Trương Mẫu Quỳnh")
    assert (after.state, after.message_id, after.last_error) == (WAITING, before.message_id, None)
    assert [row.id for row in queries.letters(words="mot cua quynh").rows] == [] or "quynh" in after.search_text
    assert path(letter_id) == [PathStep.READDRESSED]


@pytest.mark.parametrize("state", [SENT])
def test_letter_that_went_is_not_readdressed(app: Flask, now: datetime, state: MessageState) -> None:
    letter_id = in_state(state, sent_at=now)
    to = NewAddress(old=letter(letter_id).recipient, new="b@mau.example")

    with pytest.raises(AddressChanged) as refusal, unit_of_work():
        service.readdress(message_id=letter_id, to=to, account_id=ME, now=now)

    assert refusal.value.facts == {"state": state}


def test_second_of_two_who_change_the_address_is_refused(app: Flask, now: datetime) -> None:
    letter_id = in_state(FAILED)
    old = letter(letter_id).recipient
    with unit_of_work():
        service.readdress(message_id=letter_id, to=NewAddress(old=old, new="b@mau.example"), account_id=ME, now=now)

    with pytest.raises(AddressChanged), unit_of_work():
        service.readdress(message_id=letter_id, to=NewAddress(old=old, new="c@mau.example"), account_id=5, now=now)

    assert letter(letter_id).recipient == "b@mau.example"


def test_erased_or_unknown_letter_is_not_readdressed(app: Flask, now: datetime) -> None:
    letter_id = in_state(FAILED, body=None)
    to = NewAddress(old=letter(letter_id).recipient, new="b@mau.example")

    with pytest.raises(BodyErased), unit_of_work():
        service.readdress(message_id=letter_id, to=to, account_id=ME, now=now)
    with pytest.raises(Unknown), unit_of_work():
        service.readdress(message_id=letter_id + 1, to=to, account_id=ME, now=now)


def test_path_is_only_ever_added_to_but_what_was_said_may_be_taken_out(app: Flask, now: datetime) -> None:
    letter_id = in_state(SENT, sent_at=now)
    with unit_of_work():
        service.note_bounced(message_id=letter(letter_id).message_id, reason="550 <lan@mau.example>", at=now)

    for change in (
        "UPDATE outbox_steps SET what = 'held'",
        "UPDATE outbox_steps SET said = 'x'",
        "DELETE FROM outbox_steps",
    ):
        with pytest.raises(Exception, match="append-only"), unit_of_work():
            db.session.execute(text(change))
    with unit_of_work():
        db.session.execute(text("UPDATE outbox_steps SET said = ''"))
    assert db.session.scalars(select(Step.said)).all() == [""]
