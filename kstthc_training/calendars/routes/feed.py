"""Feeds by secret address: read by programs, without signing in."""

import gzip
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Response, current_app, make_response, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from kstthc_training import clock
from kstthc_training.calendars import queries, service
from kstthc_training.calendars.errors import NoSuchFeed
from kstthc_training.calendars.pace import Paces
from kstthc_training.calendars.queries import Follower, Rendering
from kstthc_training.calendars.routes.blueprint import bp, installation, page_of
from kstthc_training.calendars.scopes import scope_named
from kstthc_training.calendars.words import told_by
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Part
from kstthc_training.events.ical import entry_of
from kstthc_training.events.models import Event, Session
from kstthc_training.ical import Language, content_type, feed, render_entry
from kstthc_training.people.identity import client_address
from kstthc_training.people.service import attempts
from kstthc_training.web.access import access, impersonal

_KEPT_FOR = timedelta(minutes=5)
GETS_THE_LINK = frozenset({Part.REGISTERED, Part.RUNS, Part.INVITED})


@bp.record_once
def _remember(state: BlueprintSetupState) -> None:
    state.app.extensions["feeds"] = Paces()


@bp.get("/ics/<secret>/<name>.ics")
@access(impersonal)
def personal_feed(secret: str, name: str) -> ResponseReturnValue:
    """A feed: no cookie, no redirect, no page. 404 for what is wrong or revoked, alike; 304 when nothing changed since; 429
    for an address that is asked for without end, and for those who guess."""
    now = clock.now()
    try:
        follower = _follower(secret, name, now)
    except NoSuchFeed:
        _count_guess(f"{secret}/{name}", now)
        return _plain(404, "Not found")
    if wait := _paces().reading.wait_for(secret, now):
        answer = _plain(429, "Too many requests")
        answer.headers["Retry-After"] = str(wait)
        return answer
    return _read(follower, now)


def _read(follower: Follower, now: datetime) -> Response:
    today = clock.local_date(now)
    rendering = Rendering(follower.language, installation().public_url)
    told = told_by(follower)
    tag = queries.validator(follower, today=today, rendering=rendering, told=told)
    since = follower.changed_at if follower.tag == tag else None
    if _has_this(tag, since):
        if service.is_use_worth_noting(follower, tag=tag, now=now):
            since = _noted(follower, tag, now)
        return _headed(make_response("", 304), tag, since, now)
    body = _feed_of(follower, rendering, told, today)
    if service.is_use_worth_noting(follower, tag=tag, now=now):
        since = _noted(follower, tag, now)
    return _headed(_packed(body), tag, since, now)


def _follower(secret: str, name: str, now: datetime) -> Follower:
    scope = scope_named(name)
    if scope is None:
        raise NoSuchFeed()
    return queries.get_follower(secret=secret, scope=scope, key=installation().key, today=clock.local_date(now))


def _count_guess(address: str, now: datetime) -> None:
    """A program that goes on asking for an address that died guesses nothing: each is counted once in a while."""
    if _paces().guessing.wait_for(f"{client_address()} {address}", now):
        return
    with unit_of_work():
        wait = attempts.count_wrong_feed(address=client_address(), now=now)
    attempts.refuse_over(wait)


def _paces() -> Paces:
    paces: Paces = current_app.extensions["feeds"]
    return paces


def _plain(status: int, words: str) -> Response:
    answer = make_response(words, status)
    answer.mimetype = "text/plain"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _noted(follower: Follower, tag: str, now: datetime) -> datetime:
    with unit_of_work():
        program = request.user_agent.string
        return service.note_use(
            person_id=follower.person_id, scope=follower.scope, program=program, tag=tag, now=now
        )  # fmt: skip


def _has_this(tag: str, since: datetime | None) -> bool:
    """Whether the reader holds what would be sent; a date counts only where no tag is named (RFC 9110, 13.1.3)."""
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(tag)
    asked = request.if_modified_since
    return asked is not None and since is not None and since <= asked


def _feed_of(follower: Follower, rendering: Rendering, told: tuple[str, str], today: date) -> bytes:
    kept = queries.kept_entries(follower, today=today, rendering=rendering)
    made = _rendered(follower, rendering, today) if any(one.body is None for one in kept) else {}
    bodies = [one.as_read(body) for one in kept if (body := one.body or made.get(one.session_id, ""))]
    name, description = told
    return feed(name=name, description=description, entries_text=bodies, colour="darkcyan")


def _rendered(follower: Follower, rendering: Rendering, today: date) -> dict[int, str]:
    """Render what is missing, in a unit of work of its own; when another request was faster, use what it kept."""
    try:
        with unit_of_work():
            kept = queries.kept_entries(follower, today=today, rendering=rendering)
            known = {one.session_id: one.body for one in kept if one.body is not None}
            return known | service.render_missing(kept, rendering=rendering, render=_writer(rendering.language))
    except IntegrityError:
        kept = queries.kept_entries(follower, today=today, rendering=rendering)
        return {one.session_id: one.body for one in kept if one.body is not None}


def _writer(language: Language) -> Callable[[Event, Session, Part], str]:
    """What renders an entry for readers of a language who take part in one way."""
    return lambda event, session, part: render_entry(
        entry_of(event, session, url=page_of(event), online=part in GETS_THE_LINK, language=language, part=part)
    )


def _packed(body: bytes) -> Response:
    wanted = request.accept_encodings.best_match(("gzip", "identity")) == "gzip"
    if not (wanted and installation().feed_gzip):
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
