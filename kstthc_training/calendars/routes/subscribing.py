"""How to subscribe to feeds, and the addresses one has."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.calendars import queries, service
from kstthc_training.calendars.queries import Follower
from kstthc_training.calendars.routes.blueprint import bp, installation
from kstthc_training.calendars.scopes import MINE
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me
from kstthc_training.web.access import access, signed_in
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page
from kstthc_training.web.qr import qr_square


@bp.get("/cua-toi/dong-bo")
@access(signed_in)
def subscribe() -> ResponseReturnValue:
    """How to subscribe, with the address, a button for phones and a code to scan."""
    follower = queries.find_follower(me().person_id or 0, scope=MINE, today=clock.local_date(clock.now()))
    if follower is None:
        return see_other(url_for("account.index"))
    address = _feed_address(follower)
    webcal = "webcal://" + address.partition("://")[2]
    return page("calendars/subscribe.html", address=address, webcal=webcal, subscriber=follower, drawing=qr_square(webcal))


@bp.post("/cua-toi/dong-bo/doi-dia-chi")
@access(signed_in)
def renew() -> ResponseReturnValue:
    """Give the feed a new address."""
    with unit_of_work():
        service.renew_address(actor=me(), person_id=me().person_id or 0, now=clock.now())
    note_success(_("Đã đổi địa chỉ lịch. Địa chỉ cũ không dùng được nữa."))
    return see_other(url_for(".subscribe"))


def _feed_address(follower: Follower) -> str:
    secret = queries.feed_secret(
        installation().key, person_id=follower.person_id, generation=follower.generation, scope=follower.scope
    )
    return f"{installation().public_url}{url_for('.personal_feed', secret=secret, name=follower.scope.name)}"
