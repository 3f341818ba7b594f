"""Work in the background that failed for good: tried again by an administrator."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.job_words import job_trouble_words, job_words
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.outbox import queries, service
from kstthc_training.outbox.errors import NotFailed
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers
from kstthc_training.web.access import access
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page


@bp.get("/quan-tri/viec-nen")
@access(administers)
def jobs() -> ResponseReturnValue:
    """What failed for good, and whether a worker lives."""
    failed = [(job, job_words(job.kind), job_trouble_words(job.last_error)) for job in queries.failed_jobs()]
    return page("administration/jobs.html", tabs=tabs(), failed_jobs=failed, workers=queries.workers())


@bp.post("/quan-tri/viec-nen/<int:job_id>/thu-lai")
@access(administers)
def try_job_again(job_id: int) -> ResponseReturnValue:
    """Queue one failed job anew."""
    now = clock.now()
    try:
        with unit_of_work():
            kind = service.try_job_again(job_id=job_id, now=now)
            record(actor=me(), action="job.tried_again", subject_type="job", subject_id=job_id, now=now, kind=kind)
    except NotFailed:
        note_problem(_("Việc này không còn ở trạng thái hỏng."))
    else:
        note_success(_("Việc được làm lại trong ít giây nữa."))
    return see_other(url_for("administration.jobs"))
