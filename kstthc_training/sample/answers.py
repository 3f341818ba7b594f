"""What came in by mail this morning: answers of calendar programs, a report, a machine's letter, and somebody's question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from kstthc_training.calendars.replies import take_answer
from kstthc_training.clock import at_local
from kstthc_training.db import db
from kstthc_training.events.enums import Audience
from kstthc_training.events.models import Session
from kstthc_training.inbox import service
from kstthc_training.inbox.wiring import InboxWiring
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.sample.events import Made
from kstthc_training.sample.mails import answer_of, letter_of, report_on
from kstthc_training.sample.news import next_open
from kstthc_training.sample.province import Province
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.models import CalendarSending

Write = Callable[[datetime], bytes]

_WIRING = InboxWiring(calendar=take_answer)
_FROM, _APART = time(6, 31), timedelta(minutes=4)
_LATER = timedelta(hours=1)
_ANSWERING, _WRITING = 6, 3  # so many of those asked
_BUSY = "Trùng lịch tác nghiệp tại huyện Phú Quốc"
_AWAY = ("Trả lời tự động: vắng mặt", "Tôi đi công tác đến hết tuần, có mạng chập chờn. Việc gấp xin gọi tòa soạn.\n")
_QUESTION = (
    "V/v đăng ký quay phim",
    "Kính gửi Ban tổ chức,\n\nTòa soạn đề nghị cho một quay phim đi cùng phóng viên và đặt máy trước giờ họp 30 phút.\n"
    "Xin cho biết có được không.\n",
)
_UNKNOWN = "550 5.1.1 <{recipient}>: Recipient address rejected: User unknown"


@dataclass(frozen=True)
class Asked:
    """Somebody whose calendar was told of a session, and the last letter to him about it."""

    person: Person
    sending: CalendarSending
    session: Session
    letter: Message


def asked_to(province: Province, made: Made) -> list[Asked]:
    """Who was sent the first session of an event and a letter about it, those with an account to try first."""
    tried = {actor.person_id for actor in province.accounts.by_login.values()}
    rows = db.session.execute(
        select(Person, CalendarSending, Session, Message)
        .join(CalendarSending, CalendarSending.person_id == Person.id)
        .join(Session, Session.id == CalendarSending.session_id)
        .join(Message, (Message.person_id == Person.id) & (Message.event_id == made.event.id))
        .where(CalendarSending.event_id == made.event.id, CalendarSending.method == Method.REQUEST, Session.position == 0)
        .order_by(Message.id)
    )
    last = {row[0].id: Asked(*row) for row in rows}
    return sorted(last.values(), key=lambda each: (each.person.id not in tried, each.person.id))


def take_letters_in(province: Province, made: Sequence[Made]) -> None:
    """Keep and settle each letter as the worker does, one after the other."""
    briefing = asked_to(province, next_open(made, Audience.PRESS, province))
    conference = asked_to(province, next_open(made, Audience.BOTH, province))
    at = at_local(province.today, _FROM)
    for write in (*_answers(briefing), _of_leader(conference, province), *_others(briefing[_ANSWERING:])):
        number = service.keep(write(at), is_cut=False, now=at)
        assert number is not None  # noqa: S101 - no letter of the sample is like another
        service.settle(message_id=number, wiring=_WIRING, authserv_id="", now=at)
        at += _APART


def _answers(asked: Sequence[Asked]) -> list[Write]:
    """To the briefing: two come, one perhaps, one not; one answers what was sent before, one would come later."""
    journalist, comes, perhaps, stays, late, proposes = asked[:_ANSWERING]
    times = proposes.session.starts_at + _LATER, proposes.session.ends_at + _LATER
    return [
        _answer(journalist, "ACCEPTED"), _answer(comes, "ACCEPTED"), _answer(perhaps, "TENTATIVE"),
        _answer(stays, "DECLINED", comment=_BUSY), _answer(late, "ACCEPTED", behind=1),
        _answer(proposes, "TENTATIVE", other=times),
    ]  # fmt: skip


def _of_leader(asked: Sequence[Asked], province: Province) -> Write:
    """The leader, invited by name, has a seat by the answer of his telephone."""
    leader = province.accounts.by_login["lanh-dao@mau.example"].person_id
    return _answer(next(each for each in asked if each.person.id == leader), "ACCEPTED")


def _others(asked: Sequence[Asked]) -> list[Write]:
    """A machine's, somebody's own words, and a report of a letter that came back."""
    away, asks, unknown = asked[:_WRITING]
    return [
        lambda at: letter_of(away.person, *_AWAY, at=at, about=away.letter, automatic=True),
        lambda at: letter_of(asks.person, *_QUESTION, at=at, about=asks.letter),
        lambda at: report_on(unknown.letter, said=_UNKNOWN.format(recipient=unknown.letter.recipient), at=at),
    ]


def _answer(
    asked: Asked, partstat: str, *, behind: int = 0, comment: str = "", other: tuple[datetime, datetime] | None = None
) -> Write:
    sequence = (asked.sending.sequence or 0) - behind
    return lambda at: answer_of(
        asked.person,
        asked.sending,
        partstat,
        title=asked.letter.subject,
        at=at,
        sequence=sequence,
        comment=comment,
        other=other,
    )
