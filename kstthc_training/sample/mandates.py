"""Trainings that listed people must attend: one that is over, one that runs, each with some exempt and some late."""

from collections.abc import Sequence
from datetime import date, timedelta

from kstthc_training.mandates import service
from kstthc_training.mandates.service import MandateDraft
from kstthc_training.sample.events import Made
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

_KIND = "tap-huan"
_KINDS_OF_PEOPLE = ("department", "district", "commune")
_EACH = 14


def order_trainings(province: Province, made: Sequence[Made]) -> None:
    """A training of last year that is overdue for some, and one of this year with events held and still to come."""
    year = province.today.year
    this_year, last_year = (
        [one for one in made if one.planned.line["kind"] == _KIND and one.planned.year == each] for each in (year, year - 1)
    )
    counted = (Standing.HELD, Standing.OVER, Standing.RUNNING, Standing.OPEN)
    older = [one for one in last_year if one.planned.standing is Standing.HELD][-6:]
    newer = [one for one in this_year if one.planned.standing in counted][-8:]
    _order(province, f"Kiểm soát thủ tục hành chính năm {year - 1}", "187/KH-UBND", date(year - 1, 12, 14), older, exempt=3)
    due = province.today + timedelta(days=45)
    _order(province, f"Giải quyết thủ tục hành chính qua một cửa năm {year}", "42/KH-UBND", due, newer, exempt=2)


def _order(province: Province, name: str, document: str, due_on: date, events: Sequence[Made], *, exempt: int) -> None:
    organizer, now = province.accounts.organizer, province.midnight
    draft = MandateDraft(name=name, document=document, topic_id=None, due_on=due_on)
    mandate_id = service.order_training(actor=organizer, draft=draft, now=now).id
    people = [member.id for kind in _KINDS_OF_PEOPLE for member in province.people_of.get(kind, ())[:_EACH]]
    service.list_people(actor=organizer, mandate_id=mandate_id, person_ids=people, now=now)
    for one in events:
        service.count_event(actor=organizer, mandate_id=mandate_id, event_id=one.event.id, now=now)
    freed = people[-exempt:]
    service.exempt_people(actor=organizer, mandate_id=mandate_id, person_ids=freed, document="125/QĐ-SNV", now=now)
