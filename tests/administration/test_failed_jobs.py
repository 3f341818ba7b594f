"""Work in the background that failed: seen by administrators, tried again by one of them."""

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.administration.job_words import KINDS
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.features import DAILY_JOBS, JOBS
from kstthc_training.outbox.enums import JobState, KnownTrouble
from kstthc_training.outbox.models import Job
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.enums import Role
from tests.support.factories import make_account

HERE = "/quan-tri/viec-nen"


def make_job(kind="people.tidy", state=JobState.FAILED, **fields):
    key = f"{kind}:{fields}"
    with unit_of_work() as session:
        plan_job(kind=kind, key=key, payload={}, run_at=clock.now(), now=clock.now())
        job = session.scalars(select(Job).where(Job.key == key)).one()
        job.state = state
        for name, value in fields.items():
            setattr(job, name, value)
        session.flush()
        return job.id


def kept(job_id):
    return db.session.get_one(Job, job_id, populate_existing=True)


def rows(browser):
    table = browser.page(HERE).xpath("//section[@aria-labelledby='viec-nen']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in table]


def again(job_id):
    return f"/quan-tri/viec-nen/{job_id}/thu-lai"


def test_without_failed_work_nothing_is_said(browser):
    make_job(state=JobState.DONE)
    assert 'id="viec-nen"' not in browser.get(HERE).text


def test_failed_work_is_named_with_its_reason_the_latest_first(browser):
    make_job("files.remove_orphans", last_error="PermissionError: files/ab", tries=10)
    make_job("organisations.take_names", last_error=KnownTrouble.WORKER_LOST, tries=10)
    assert rows(browser) == [
        [
            "Đổi tên đơn vị đến ngày có hiệu lực",
            "Lần nào chạy cũng bị ngắt giữa chừng.",
            "09:00 18/03/2026",
            "10",
            "Thử lại",
        ],
        ["Dọn tệp không còn ai dùng", "PermissionError: files/ab", "09:00 18/03/2026", "10", "Thử lại"],
    ]


def test_failed_work_is_tried_again(browser):
    job_id = make_job(last_error="ValueError", tries=10)
    answer = browser.post(again(job_id))
    assert (answer.status_code, answer.location) == (303, HERE)
    job = kept(job_id)
    assert (job.state, job.tries, job.last_error, job.run_at) == (JobState.WAITING, 0, None, clock.now())
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "job.tried_again")).one()
    assert (entry.subject_type, entry.subject_id, entry.facts) == ("job", job_id, {"kind": "people.tidy"})
    assert rows(browser) == []


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.DONE])
def test_other_work_is_left_alone(browser, state):
    job_id = make_job(state=state)
    assert browser.post(again(job_id)).status_code == 303
    assert "Việc này không còn ở trạng thái hỏng." in browser.get(HERE).text
    assert kept(job_id).state is state


@pytest.mark.parametrize("role", [None, Role.ORGANIZER, Role.LEADER])
def test_only_administrators_try_again(client_for, role):
    job_id = make_job()
    assert client_for(make_account(*([role] if role else []))).post(again(job_id)).status_code == 403
    assert kept(job_id).state is JobState.FAILED


def test_every_kind_of_work_has_words():
    assert set(KINDS) == set(JOBS) >= set(DAILY_JOBS)
