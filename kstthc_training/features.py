"""The features of the product: their routes and commands, their work for the worker, and the places in the navigation.

Taking a feature out is removing its folder from the package, the templates and the tests, and its lines here.
"""

from datetime import time

from click import Command
from flask import Blueprint, Flask, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.administration import routes as administration
from kstthc_training.agenda import routes as agenda
from kstthc_training.attendance import routes as attendance
from kstthc_training.calendars import routes as calendars
from kstthc_training.calendars.replies import take_answer
from kstthc_training.desk import routes as desk
from kstthc_training.directory import jobs as directory_jobs
from kstthc_training.directory import routes as directory
from kstthc_training.directory.commands import directory as directory_commands
from kstthc_training.files.commands import check
from kstthc_training.files.jobs import remove_orphans
from kstthc_training.inbox import jobs as inbox_jobs
from kstthc_training.inbox.round import mailbox_hand
from kstthc_training.inbox.wiring import InboxWiring
from kstthc_training.invitations import addresses as invitation_addresses
from kstthc_training.mailroom import routes as mailroom
from kstthc_training.mandates import routes as mandates
from kstthc_training.materials import routes as materials
from kstthc_training.messages import jobs as message_jobs
from kstthc_training.messages import routes as messages
from kstthc_training.messages.service import DIGEST_HOUR
from kstthc_training.nominations import jobs as nomination_jobs
from kstthc_training.nominations import routes as nominations
from kstthc_training.organisations import jobs as organisation_jobs
from kstthc_training.outbox.commands import outbox
from kstthc_training.outbox.wiring import Hand, JobHandler, LinkAddress
from kstthc_training.people import addresses as people_addresses
from kstthc_training.people import jobs as people_jobs
from kstthc_training.people import routes as people
from kstthc_training.people.actors import Actor
from kstthc_training.people.commands import account
from kstthc_training.people.policy import administers, is_focal_point, reads_directory, reads_reports, runs_events
from kstthc_training.people.service.links import REQUESTED
from kstthc_training.privacy import jobs as privacy_jobs
from kstthc_training.privacy import routes as privacy
from kstthc_training.registrations import addresses as registration_addresses
from kstthc_training.registrations import jobs as registration_jobs
from kstthc_training.registrations import routes as registrations
from kstthc_training.reminders import jobs as reminder_jobs
from kstthc_training.reports import routes as reports
from kstthc_training.sample.commands import sample
from kstthc_training.scheduling import jobs as scheduling_jobs
from kstthc_training.scheduling import routes as scheduling
from kstthc_training.search import routes as search
from kstthc_training.web.access import signed_in
from kstthc_training.web.navigation import Destination

BLUEPRINTS: tuple[Blueprint, ...] = (
    *people.BLUEPRINTS,
    administration.bp,
    agenda.bp,
    attendance.bp,
    calendars.bp,
    mandates.bp,
    materials.bp,
    messages.bp,
    desk.bp,
    mailroom.bp,
    reports.bp,
    directory.bp,
    search.bp,
    registrations.bp,
    scheduling.bp,
    nominations.bp,
    privacy.bp,
)

COMMANDS: tuple[Command, ...] = (account, check, directory_commands, outbox, sample)

# What the worker runs: handlers by the kind that `outbox.service.plan_job` names; the daily ones also at an hour.
JOBS: dict[str, JobHandler] = {
    "files.remove_orphans": remove_orphans,
    REQUESTED: people_jobs.answer_link_request,
    people_jobs.TIDY: people_jobs.tidy,
    message_jobs.FORGET_OLD: message_jobs.forget_old,
    inbox_jobs.ERASE_RAW: inbox_jobs.erase_raw,
    nomination_jobs.DIGEST: nomination_jobs.write_digests,
    organisation_jobs.TAKE_NAMES: organisation_jobs.take_names,
    directory_jobs.FORGET_UPLOADS: directory_jobs.forget_old_uploads,
    **registration_jobs.HANDLERS,
    **reminder_jobs.HANDLERS,
    **scheduling_jobs.HANDLERS,
    **privacy_jobs.HANDLERS,
}
DAILY_JOBS: dict[str, time] = {
    reminder_jobs.PLAN_DAY: time(0, 5),
    organisation_jobs.TAKE_NAMES: time(0, 1),
    directory_jobs.FORGET_UPLOADS: time(2, 10),
    "files.remove_orphans": time(2, 30),
    people_jobs.TIDY: time(3, 10),
    message_jobs.FORGET_OLD: time(3, 20),
    inbox_jobs.ERASE_RAW: time(3, 30),
    nomination_jobs.DIGEST: DIGEST_HOUR,
}
# What the worker does beside letters and jobs, each in a thread of its own.
HANDS: tuple[Hand, ...] = (mailbox_hand,)

# Who handles what comes in.
INBOX = InboxWiring(calendar=take_answer)

# The addresses that stand for `{{link}}` in letters, by `Letter.link_purpose`.
LINKS: dict[str, LinkAddress] = {**people_addresses.LINKS, **registration_addresses.LINKS, **invitation_addresses.LINKS}

DESTINATIONS: tuple[Destination, ...] = (
    Destination("agenda.index", _("Lịch"), "cal", signed_in, frozenset({"agenda"})),
    Destination("desk.index", _("Điều hành"), "edit", runs_events, frozenset({"desk", "mailroom"})),
    Destination("reports.plan", _("Kế hoạch"), "list", reads_reports, frozenset({"reports.plan"}), on_phone=False),
    Destination("reports.index", _("Báo cáo"), "chart", reads_reports, frozenset({"reports", "mandates"})),
    Destination("organisation.home", _("Đơn vị"), "users", is_focal_point, frozenset({"organisation"})),
    Destination(
        "agenda.mine",
        _("Của tôi"),
        "qr",
        signed_in,
        frozenset({"agenda.mine", "calendars.subscribe", "registrations.ticket"}),
    ),
    Destination("directory.index", _("Danh bạ"), "building", reads_directory, frozenset({"directory"})),
    Destination("administration.index", _("Quản trị"), "gear", administers, frozenset({"administration"})),
)


def primary_action(actor: Actor) -> dict[str, str] | None:
    """What the top bar offers on every page: to whoever runs events, a new one."""
    return {"href": url_for("desk.create"), "label": gettext("Tạo cuộc họp")} if runs_events(actor) else None


def mount_features(app: Flask) -> None:
    """Mount the routes and commands of every feature."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
