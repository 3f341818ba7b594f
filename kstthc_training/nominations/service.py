"""The digest: what somebody was not told one by one, and what still waits for his organisations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from kstthc_training import clock
from kstthc_training.invitations.queries import invitations_of
from kstthc_training.messages.quiet import quiet_on
from kstthc_training.messages.service import take_for_digest
from kstthc_training.nominations.notices import Waiting, digest
from kstthc_training.nominations.queries import events_named
from kstthc_training.outbox.service import post_letter
from kstthc_training.people.queries import Profile, get_profile
from kstthc_training.settings.queries import office_on


def write_digest(*, account_id: int, day: date, now: datetime) -> bool:
    """Write the digest of a day, one letter with everything that waited for it; none when nothing did. In quiet hours it
    goes at their end."""
    notices = take_for_digest(account_id=account_id, day=day, now=now)
    if not notices:
        return False
    reader = get_profile(account_id)
    letter = digest(
        reader,
        notices,
        events=events_named({notice.event_id for notice in notices if notice.event_id}),
        waiting=list(_waiting(reader, now)),
        day=day,
        office=office_on(clock.local_date(now)).name,
    )
    hours = replace(quiet_on(clock.local_date(now)), days_off=False)  # on a day off it goes for what would be too late
    post_letter(letter, key=f"digest:{account_id}:{day.isoformat()}", now=now, run_at=hours.end_after(now))
    return True


def _waiting(reader: Profile, now: datetime) -> Iterable[Waiting]:
    """What waits for the organisations he speaks for: an answer, or the names of those who come."""
    for _role, organisation_id, name in reader.grants:
        if organisation_id is None:
            continue
        for asked in invitations_of(organisation_id, now=now):
            if asked.waits_for_answer:
                yield Waiting(organisation_id, name or "", asked, asked.answer_by, 0)
            elif unnamed := asked.unnamed:
                yield Waiting(organisation_id, name or "", asked, asked.held_until, unnamed)
