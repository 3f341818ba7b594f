"""One event as a file, one's own feed by secret address, and how to subscribe to it."""

import gzip
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, current_app, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training import clock
from kstthc_training.calendars import queries, service
from kstthc_training.calendars.errors import NoSuchFeed
from kstthc_training.calendars.queries import Rendering, Subscriber
from kstthc_training.config import Config
from kstthc_training.db import unit_of_work
from kstthc_training.events.ical import entry_of
from kstthc_training.events.models import Event, Session
from kstthc_training.events.queries import get_event
from kstthc_training.ical import Language, Mailbox, content_type, feed, render_entry, single
from kstthc_training.people.identity import client_address, me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.service import attempts
from kstthc_training.settings.queries import office_on
from kstthc_training.web.access import access, impersonal, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import is_english
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page
from kstthc_training.web.qr import qr_square

bp = Blueprint("calendars", __name__)

REGISTERED = "registered"
_KEPT_FOR = timedelta(minutes=5)


@bp.get("/hop/<event_code:code>.ics")
@access(signed_in)
def event_file(code: str) -> ResponseReturnValue:
    """One event as a file to open once (METHOD:PUBLISH), in its reader's language; the online address is for those with a
    seat."""
    options = (joinedload(Event.kind), joinedload(Event.venue), joinedload(Event.host), selectinload(Event.sessions))
    event = get_event(actor=me(), code=code, options=options)
    insider = runs_events(me()) or queries.is_registered(event_id=event.id, person_id=me().person_id)
    entries = [
        entry_of(
            event,
            session,
            url=_page_of(event),
            online=insider,
            organizer=_organizer(event),
            language=Language.ENGLISH if is_english() else Language.VIETNAMESE,
        )
        for session in event.sessions
    ]
    answer = make_response(single(entries))
    answer.headers["Content-Type"] = content_type("PUBLISH")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{event.code}.ics")
    return answer


@bp.get("/ics/<secret>/cua-toi.ics")
@access(impersonal)
def personal_feed(secret: str) -> ResponseReturnValue:
    """One's own feed: no cookie, no redirect, 404 when revoked, 304 when nothing changed since; wrong addresses are counted
    by where they come from, and past the limit answered with 429."""
    now = clock.now()
    today = clock.local_date(now)
    subscriber = _subscriber(secret, now)
    rendering = Rendering(REGISTERED, subscriber.language, _settings().public_url)
    told = _told(subscriber, today)
    tag = queries.validator(subscriber, today=today, rendering=rendering, told=told)
    since = subscriber.changed_at if subscriber.tag == tag else None
    if _has_this(tag, since):
        return _headed(make_response("", 304), tag, since, now)
    body = _feed_of(subscriber, rendering, told, today)
    if service.is_use_worth_noting(subscriber, tag=tag, now=now):
        with unit_of_work():
            program = request.user_agent.string
            since = service.note_use(person_id=subscriber.person_id, program=program, tag=tag, now=now)
    return _headed(_packed(body), tag, since, now)


@bp.get("/cua-toi/dong-bo")
@access(signed_in)
def subscribe() -> ResponseReturnValue:
    """How to subscribe, with the address, a button for phones and a code to scan."""
    subscriber = queries.find_subscriber(me().person_id or 0)
    if subscriber is None:
        return see_other(url_for("account.index"))
    address = _feed_address(subscriber)
    webcal = "webcal://" + address.partition("://")[2]
    return page("calendars/subscribe.html", address=address, webcal=webcal, subscriber=subscriber, drawing=qr_square(webcal))


@bp.post("/cua-toi/dong-bo/doi-dia-chi")
@access(signed_in)
def renew() -> ResponseReturnValue:
    """Give the feed a new address."""
    with unit_of_work():
        service.renew_address(actor=me(), person_id=me().person_id or 0, now=clock.now())
    note_success(_("Đã đổi địa chỉ lịch. Địa chỉ cũ không dùng được nữa."))
    return see_other(url_for(".subscribe"))


def _subscriber(secret: str, now: datetime) -> Subscriber:
    try:
        return queries.get_subscriber(secret=secret, key=_settings().key)
    except NoSuchFeed:
        with unit_of_work():
            wait = attempts.count_wrong_feed(address=client_address(), now=now)
        attempts.refuse_over(wait)
        raise


def _told(subscriber: Subscriber, today: date) -> tuple[str, str]:
    """What the feed is called, and what it says of itself, in its reader's language."""
    office = office_on(today).short_name
    with force_locale(subscriber.language.value):
        about = _("Các cuộc họp %(name)s đã đăng ký. Lịch tự cập nhật.", name=subscriber.full_name)
        return _("Lịch họp – %(office)s", office=office), about


def _has_this(tag: str, since: datetime | None) -> bool:
    """Whether the reader holds what would be sent; a date counts only where no tag is named (RFC 9110, 13.1.3)."""
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(tag)
    asked = request.if_modified_since
    return asked is not None and since is not None and since <= asked


def _feed_of(subscriber: Subscriber, rendering: Rendering, told: tuple[str, str], today: date) -> bytes:
    kept = queries.kept_entries(subscriber, today=today, rendering=rendering)
    made = _rendered(subscriber, rendering, today) if any(one.body is None for one in kept) else {}
    bodies = [one.body or made.get(one.session_id, "") for one in kept]
    name, description = told
    return feed(
        name=name, description=description, entries_text=[body for body in bodies if body], colour="darkcyan"
    )  # fmt: skip


def _rendered(subscriber: Subscriber, rendering: Rendering, today: date) -> dict[int, str]:
    """Render what is missing, in a unit of work of its own; when another request was faster, use what it kept."""
    try:
        with unit_of_work():
            kept = queries.kept_entries(subscriber, today=today, rendering=rendering)
            known = {one.session_id: one.body for one in kept if one.body is not None}
            return known | service.render_missing(kept, kept_as=rendering.kept_as, render=_writer(rendering.language))
    except IntegrityError:
        kept = queries.kept_entries(subscriber, today=today, rendering=rendering)
        return {one.session_id: one.body for one in kept if one.body is not None}


def _writer(language: Language) -> Callable[[Event, Session], str]:
    """What renders an entry of a registered reader of a language."""
    return lambda event, session: render_entry(entry_of(event, session, url=_page_of(event), online=True, language=language))


def _page_of(event: Event) -> str:
    return f"{_settings().public_url}{url_for('agenda.event', code=event.code)}"


def _organizer(event: Event) -> Mailbox:
    office = office_on(clock.local_date(event.starts_at))
    return Mailbox(event.host.name if event.host else office.name, _settings().mail_from)


def _feed_address(subscriber: Subscriber) -> str:
    secret = queries.feed_secret(_settings().key, person_id=subscriber.person_id, generation=subscriber.generation)
    return f"{_settings().public_url}{url_for('.personal_feed', secret=secret)}"


def _packed(body: bytes) -> Response:
    if request.accept_encodings.best_match(("gzip", "identity")) != "gzip":
        return make_response(body)
    answer = make_response(gzip.compress(body, compresslevel=5, mtime=0))
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _headed(answer: Response, tag: str, since: datetime | None, now: datetime) -> Response:
    answer.headers["Content-Type"] = content_type()
    answer.headers.set("Content-Disposition", "inline", filename="lich.ics")
    answer.set_etag(tag, weak=True)
    if since is not None and since <= now:  # no date may lie ahead of the answer's own (RFC 9110, 8.8.2.1)
        answer.last_modified = since
    answer.headers["Cache-Control"] = f"private, max-age={int(_KEPT_FOR.total_seconds())}"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings
