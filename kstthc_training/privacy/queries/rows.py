"""The rows of what is kept of somebody, each with the names that JSON gives its values."""

from datetime import datetime
from typing import NamedTuple

from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.messages.enums import Group, Way
from kstthc_training.outbox.enums import MessageState
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule


class RegistrationRow(NamedTuple):
    """One event he is registered for; title and organisation are those of that time, attended when it is closed, the letter
    of introduction a guest's."""

    event: str
    event_title: str
    starts_at: datetime
    state: RegistrationState
    source: RegistrationSource
    registered_at: datetime
    title: str
    organisation: str
    credential_number: str
    ticket_code: str
    attended: bool | None
    letter_name: str | None
    letter_key: str | None


class StepRow(NamedTuple):
    """One move of a registration, with the reason that was typed."""

    event: str
    event_title: str
    at: datetime
    rule: StepRule
    reason: str


class AnswerRow(NamedTuple):
    """What he answered to a question; the name and key of the file when that was the answer."""

    event: str
    event_title: str
    question: str
    value: str
    file_name: str | None
    file_key: str | None


class MarkRow(NamedTuple):
    """One mark of attendance in one session."""

    event: str
    event_title: str
    session: str
    position: int
    status: MarkStatus
    method: MarkMethod
    at: datetime


class InvitationRow(NamedTuple):
    """One event to which he was invited in person."""

    event: str
    event_title: str
    starts_at: datetime
    made_at: datetime
    opened_at: datetime | None
    answer: InvitationAnswer
    answered_at: datetime | None
    reason: str


class LetterRow(NamedTuple):
    """One letter to him; `has_body` until its text is erased."""

    recipient: str
    subject: str
    created_at: datetime
    sent_at: datetime | None
    state: MessageState
    has_body: bool


class MailRow(NamedTuple):
    """One letter from him; `has_body` until its text is erased."""

    sender: str
    subject: str
    taken_at: datetime
    has_body: bool


class NoticeRow(NamedTuple):
    """One notice that stands on his pages."""

    subject: str
    body: str
    created_at: datetime
    read_at: datetime | None


class ChoiceRow(NamedTuple):
    """How he chose to be told of one group of letters."""

    group: Group
    way: Way
    changed_at: datetime


class DownloadRow(NamedTuple):
    """One paper that he fetched."""

    event: str
    event_title: str
    paper: str
    at: datetime


class FeedRow(NamedTuple):
    """The address of one of his calendars: which, since when, and who fetched it last."""

    name: str
    created_at: datetime
    used_at: datetime | None
    used_by: str


class ActCount(NamedTuple):
    """How many acts of his the log holds, and since when."""

    acts: int
    first_at: datetime | None
