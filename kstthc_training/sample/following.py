"""What the people with accounts to try have made of it: calendars they follow, notices they read, a letter worded anew."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from kstthc_training.calendars.enums import FeedScope
from kstthc_training.calendars.scopes import MINE, Scope
from kstthc_training.calendars.service import note_use
from kstthc_training.clock import at_local
from kstthc_training.db import db
from kstthc_training.events.enums import Audience
from kstthc_training.messages.models import Notice
from kstthc_training.messages.service import read_all
from kstthc_training.messages.texts.service import word_letter
from kstthc_training.registrations.wording import CONFIRMED
from kstthc_training.sample.province import Province

_IPHONE, _OUTLOOK = "iOS/18.5 (22F76) dataaccessd/1.0", "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)"
_PRESS = Scope(FeedScope.AUDIENCE, Audience.PRESS.value)
_LARGE_ROOM = "Hội trường, Văn phòng UBND tỉnh"
_SAID, _SAID_ANEW = "Ông/Bà đã có chỗ dự:", "Văn phòng trân trọng thông báo Ông/Bà đã có chỗ dự:"
_READ_UNTIL = time(7, 40)


def follow_calendars(province: Province) -> None:
    """The journalist and the organizer read a feed each with their telephone and one with Outlook; the focal point one."""
    rooms = Scope(FeedScope.ROOM, str(province.venues[_LARGE_ROOM]))
    wanted = [
        ("phong-vien@mau.example", MINE, _IPHONE, time(6, 12)), ("phong-vien@mau.example", _PRESS, _OUTLOOK, time(5, 58)),
        ("to-chuc@mau.example", MINE, _IPHONE, time(5, 40)), ("to-chuc@mau.example", rooms, _OUTLOOK, time(6, 25)),
        ("dau-moi@mau.example", MINE, _OUTLOOK, time(6, 3)),
    ]  # fmt: skip
    for login, scope, program, at in wanted:
        person_id = province.accounts.by_login[login].person_id
        assert person_id is not None  # noqa: S101 - the accounts to try are of people
        note_use(person_id=person_id, scope=scope, program=program, tag="", now=at_local(province.today, at))


def read_notices(province: Province) -> None:
    """Whoever has an account to try read yesterday morning what had come until then; the last one is new."""
    at = at_local(province.today - timedelta(days=1), _READ_UNTIL)
    for actor in province.accounts.by_login.values():
        own = Notice.account_id == actor.account_id
        newest = db.session.scalar(select(func.max(Notice.id)).where(own)) or 0
        known = db.session.scalar(select(func.max(Notice.id)).where(own, Notice.created_at < at)) or 0
        read_all(actor=actor, last_id=min(known, newest - 1), now=at)


def word_anew(province: Province) -> None:
    """The administrator lets the letter to those with a seat begin more politely."""
    text = CONFIRMED.words["vi"]
    anew = replace(text, body=text.body.replace(_SAID, _SAID_ANEW))
    actor, at = province.accounts.by_login["quan-tri@mau.example"], _some_days_ago(province)
    word_letter(actor=actor, letter=CONFIRMED, locale="vi", text=anew, version=0, now=at)


def _some_days_ago(province: Province) -> datetime:
    return at_local(province.today - timedelta(days=40), time(9, 20))
