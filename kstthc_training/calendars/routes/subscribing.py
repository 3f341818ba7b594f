"""How to subscribe to feeds, and those that programs read for one."""

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.calendars import queries, service
from kstthc_training.calendars.clients import Client, client_of, client_words, how_late, program_words, steps
from kstthc_training.calendars.enums import FeedScope, Show
from kstthc_training.calendars.errors import NoSuchFeed
from kstthc_training.calendars.queries import Follower
from kstthc_training.calendars.routes.blueprint import bp, installation
from kstthc_training.calendars.scopes import ALL, AUDIENCES, MINE, Scope, scope_named
from kstthc_training.calendars.words import scope_words, show_words
from kstthc_training.db import unit_of_work
from kstthc_training.events.choices import event_kinds, venues
from kstthc_training.events.enums import Audience
from kstthc_training.events.policy import may_see_drafts
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point, runs_events
from kstthc_training.registrations.queries import belonging_to
from kstthc_training.scheduling.forms import form_for
from kstthc_training.scheduling.queries import choice_of
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.locale import named
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page
from kstthc_training.web.qr import qr_square

PRESS = Scope(FeedScope.AUDIENCE, Audience.PRESS.value)
Offered = Sequence[tuple[Scope, str]]


@bp.get("/cua-toi/dong-bo")
@access(signed_in)
def subscribe() -> ResponseReturnValue:
    """How to subscribe to a scope, with its address, a button for phones, a code to scan and the steps for a program; and
    what programs read already. A dialog on other pages shows the first part."""
    scope = _scope(request.args.get("lich", MINE.name))
    follower = queries.find_follower(me().person_id or 0, scope=scope, today=clock.local_date(clock.now()))
    if follower is None:
        raise NoSuchFeed()
    address = _feed_address(follower)
    webcal = "webcal://" + address.partition("://")[2]
    client = _client()
    return page(
        "calendars/subscribe.html",
        fragments=("dong_bo",),
        scope=scope,
        scopes=_main_scopes(follower),
        others=_other_scopes(follower),
        shows=_shows(follower) if scope == MINE else [],
        address=address,
        webcal=webcal,
        drawing=qr_square(webcal),
        client=client,
        clients=[(one, client_words(one)) for one in Client],
        steps=steps(client),
        how_late=how_late(client),
        calendar_form=form_for(choice_of(follower.person_id)),
        subscriptions=[
            (one, _words(one.scope, named(one)), program_words(one.used_by))
            for one in queries.subscriptions_of(follower.person_id)
        ],
    )


@bp.post("/cua-toi/dong-bo/hien")
@access(signed_in)
def show() -> ResponseReturnValue:
    """Switch on what one's own feed shows."""
    chosen = frozenset(Show(value) for value in request.form.getlist("hien") if value in set(Show))
    with unit_of_work():
        service.choose_shown(person_id=me().person_id or 0, shows=chosen, now=clock.now())
    return see_other(url_for(".subscribe", may=_client().value))


@bp.post("/cua-toi/dong-bo/doi-dia-chi")
@access(signed_in)
def renew() -> ResponseReturnValue:
    """Give a feed a new address, and show it."""
    scope = _scope(request.form.get("lich", MINE.name))
    with unit_of_work():
        service.renew_address(actor=me(), person_id=me().person_id or 0, scope=scope, now=clock.now())
    note_success(_("Đã đổi địa chỉ lịch. Địa chỉ cũ không dùng được nữa."))
    return see_other(url_for(".subscribe", lich=scope.name))


@bp.post("/cua-toi/dong-bo/ngung")
@access(signed_in)
def stop() -> ResponseReturnValue:
    """Let the address of a feed die: whoever reads it finds nothing any more."""
    scope = _scope(request.form.get("lich", ""))
    with unit_of_work():
        service.stop_feed(actor=me(), person_id=me().person_id or 0, scope=scope, now=clock.now())
    note_success(_("Đã ngừng: địa chỉ ấy không dùng được nữa. Hãy xóa lịch đó trong ứng dụng."))
    return see_other(url_for(".subscribe"))


def _scope(name: str) -> Scope:
    scope = scope_named(name)
    if scope is None:
        raise NoSuchFeed()
    return scope


def _client() -> Client:
    wanted = request.values.get("may", "")
    return Client(wanted) if wanted in set(Client) else client_of(request.user_agent.string)


def _main_scopes(follower: Follower) -> list[tuple[Scope, str]]:
    """The scopes that stand first: the one at hand when it is another than one's own, those of one's organisations,
    everything, and what is for the press when one is of it."""
    plain = [ALL, PRESS] if belonging_to(me().organisation_id).is_press else [ALL]
    offered = [(MINE, _words(MINE)), *queries.own_organisations(me()), *((scope, _words(scope)) for scope in plain)]
    is_there = follower.scope in dict(offered)
    return offered if is_there else [(follower.scope, _words(follower.scope, follower.subject_name)), *offered]


def _words(scope: Scope, subject_name: str = "") -> str:
    return scope_words(scope, subject_name, sees_drafts=may_see_drafts(me()))


def _other_scopes(follower: Follower) -> list[tuple[str, Offered]]:
    """All the others, by what they go by."""
    kinds = [(Scope(FeedScope.KIND, str(kind.id)), named(kind)) for kind in event_kinds()]
    rooms = [(Scope(FeedScope.ROOM, str(venue.id)), venue.name) for venue in venues()]
    return [
        (_("Người dự"), [(scope, _words(scope)) for scope in AUDIENCES]),
        (_("Loại cuộc họp"), kinds),
        (_("Địa điểm"), rooms),
    ]


def _shows(follower: Follower) -> list[tuple[Show, str, bool]]:
    """The switches of one's own feed: what each is for, in words, and whether it is on."""
    words = show_words(is_focal_point=is_focal_point(me()), runs_events=runs_events(me()))
    return [(one, words[one], one in follower.shows) for one in Show]


def _feed_address(follower: Follower) -> str:
    secret = queries.feed_secret(
        installation().key, person_id=follower.person_id, generation=follower.generation, scope=follower.scope
    )
    return f"{installation().public_url}{url_for('.personal_feed', secret=secret, name=follower.scope.name)}"
