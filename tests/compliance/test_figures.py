"""What is counted of organisations that are invited, and the invitations behind each figure."""

from datetime import date, timedelta

import pytest

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.compliance.enums import ComplianceFigure as Figure
from kstthc_training.compliance.queries import Days, compliance_of, invitations_counted, total_of
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationRules, InvitationStep
from tests.attendance.doors import reopen
from tests.reports.made import ABSENT, EXCUSED, PRESENT, at, hold
from tests.support.factories import make_event, make_organisation, make_person

pytestmark = pytest.mark.usefixtures("app")
DEADLINE = at(27, 2)


def asked(event, organisation, *, answered_at=None, answer=None, again_at=None, **fields):
    """An invitation that was sent, answered at an instant for the first time and perhaps again."""
    answer = answer or (InvitationAnswer.ACCEPTED if answered_at else InvitationAnswer.NONE)
    values = {"answer_by": DEADLINE, "made_at": at(1, 2), "sent_at": at(1, 2), "places": 5}
    with unit_of_work() as session:
        invitation = Invitation(
            event_id=event.id, organisation_id=organisation.id, answer=answer, answered_at=again_at or answered_at,
            **{**values, **fields},
        )  # fmt: skip
        session.add(invitation)
        session.flush()
        for when in filter(None, (answered_at, again_at)):
            act = InvitationAct(answer.value)
            session.add(InvitationStep(invitation_id=invitation.id, at=when, act=act, facts={}))
    return invitation


def days(first=date(2026, 3, 1), last=date(2026, 3, 31)):
    return Days(first, last, clock.now())


def figures(organisation, **span):
    """The figures of one organisation in the order of the enumeration; None when it was not invited."""
    rows = compliance_of(days(**span), organisation_id=organisation.id)
    return tuple(rows[0][5:13]) if rows else None


@pytest.mark.parametrize(
    ("answered_at", "figure"),
    [(DEADLINE, Figure.IN_TIME), (DEADLINE + timedelta(seconds=1), Figure.LATE), (None, Figure.NEVER)],
)
def test_an_answer_is_in_time_until_the_deadline_itself(answered_at, figure):
    office = make_organisation()
    asked(hold(at(2, 3)), office, answered_at=answered_at)
    (row,) = compliance_of(days())
    assert [each for each in (Figure.IN_TIME, Figure.LATE, Figure.NEVER) if row.figure(each)] == [figure]


def test_the_first_answer_counts_whatever_was_said_later():
    office = make_organisation()
    asked(hold(at(2, 3)), office, answered_at=at(20, 2), again_at=at(28, 2))
    assert compliance_of(days())[0].figure(Figure.IN_TIME) == 1


def test_without_a_deadline_of_its_own_that_of_the_event_holds_else_its_beginning():
    office, event, other = make_organisation(), hold(at(2, 3)), hold(at(3, 3))
    with unit_of_work() as session:
        session.add(InvitationRules(event_id=event.id, answer_by=at(20, 2), remind_days=[]))
    asked(event, office, answered_at=at(21, 2), answer_by=None)
    asked(other, office, answered_at=at(2, 3), answer_by=None)
    assert figures(office)[:4] == (2, 1, 1, 0)


def test_declined_named_present_and_away_are_different_things():
    office, other = make_organisation(), make_organisation()
    marks = [(make_person(), office, mark) for mark in (PRESENT, MarkStatus.LATE, ABSENT, EXCUSED)]
    event = hold(at(2, 3), [*marks, (make_person(), other, PRESENT)])
    asked(event, office, answered_at=at(20, 2))
    asked(hold(at(3, 3)), office, answered_at=at(20, 2), answer=InvitationAnswer.DECLINED)
    assert figures(office) == (2, 2, 0, 0, 1, 4, 2, 1)
    assert figures(other) is None  # came, and was not invited


def test_naming_somebody_is_an_answer():
    office = make_organisation()
    asked(hold(at(2, 3), [(make_person(), office, PRESENT)]), office, answer_by=at(20, 3))
    assert figures(office)[:4] == (1, 1, 0, 0)


@pytest.mark.parametrize("fields", [{"sent_at": None}, {"revoked_at": at(2, 2)}])
def test_an_invitation_not_sent_or_taken_back_counts_nowhere(fields):
    office = make_organisation()
    asked(hold(at(2, 3)), office, **fields)
    assert figures(office) is None


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_an_event_that_was_called_off_counts_nowhere(state):
    office = make_organisation()
    asked(make_event(state=state, starts_at=at(2, 3)), office)
    assert figures(office) is None


def test_an_event_counts_on_the_day_it_ended_once_it_is_over():
    office = make_organisation()
    asked(hold(at(2, 3), sessions=2), office)
    asked(make_event(starts_at=clock.now() - timedelta(hours=1)), office)
    assert figures(office, first=date(2026, 3, 3), last=date(2026, 3, 18))[0] == 1
    assert figures(office, first=date(2026, 3, 1), last=date(2026, 3, 2)) is None
    assert figures(office, first=date(2026, 3, 4), last=date(2026, 3, 31)) is None


def test_every_figure_is_the_sum_of_its_rows():
    offices = [make_organisation() for _ in range(3)]
    for number, office in enumerate(offices):
        people = [(make_person(), office, mark) for mark in (PRESENT, ABSENT)][: number + 1]
        event = hold(at(2 + number, 3), people if number else ())
        asked(event, office, answered_at=at(26 + number, 2) if number else None)
        asked(hold(at(9, 3)), office, answered_at=at(20, 2), answer=InvitationAnswer.DECLINED)
    total = total_of(compliance_of(days()))
    people = {Figure.NAMED: "named", Figure.PRESENT: "present", Figure.NO_SHOW: "no_show"}
    for figure in Figure:
        rows, count = invitations_counted(figure, days(), organisation_id=None, limit=100, offset=0)
        assert count == len(rows)
        assert total[figure] == (sum(getattr(row, people[figure]) for row in rows) if figure in people else count), figure


def test_organisations_are_found_by_words_without_accents():
    first, second = make_organisation("Sở Nội vụ"), make_organisation("Sở Tài chính")
    event = hold(at(2, 3))
    for office in (first, second):
        asked(event, office)
    assert [row.name for row in compliance_of(days(), search="noi vu")] == ["Sở Nội vụ"]


def test_figures_take_one_statement_however_many_invitations(statements):
    for number in range(3):
        asked(hold(at(2 + number, 3), [(make_person(), None, PRESENT)]), make_organisation())
    with statements() as seen:
        compliance_of(days())
    assert len(seen) == 1


def test_a_closed_event_that_is_reopened_tells_of_nobody_present():
    office = make_organisation()
    event = hold(at(2, 3), [(make_person(), office, PRESENT)])
    asked(event, office)
    assert figures(office)[5:] == (1, 1, 0)
    reopen(event, "Sót tên")
    assert figures(office)[5:] == (1, 0, 0)
