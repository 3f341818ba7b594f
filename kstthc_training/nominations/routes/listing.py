"""People named by a list from a file: looked at row by row, then those ticked are named whole or not at all; between the
two presses nothing is kept but what stands on the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.queries import invitation_of
from kstthc_training.nominations.forms import ListedForm, ListFileForm
from kstthc_training.nominations.list_words import TEMPLATE, list_words
from kstthc_training.nominations.listing import read_rows, read_table
from kstthc_training.nominations.queries import members_of
from kstthc_training.nominations.routes.blueprint import bp
from kstthc_training.nominations.routes.invited import name_listed, places_of
from kstthc_training.nominations.routes.naming import own_organisation
from kstthc_training.nominations.routes.opened import bearer, body_opened
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.identity import me
from kstthc_training.people.policy import is_focal_point
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.routes.secrets import without_referer
from kstthc_training.sheets import LIMITS, Column, Sheet, SheetRefused, write_xlsx
from kstthc_training.web.access import access, anyone
from kstthc_training.web.answers import see_other
from kstthc_training.web.downloads import XLSX, made
from kstthc_training.web.notes import note_success
from kstthc_training.web.pages import page


@dataclass(frozen=True)
class Listing:
    """A list on its way: by whom, of whose people, at which event, by which invitation, where it is sent and leads back."""

    actor: Actor
    organisation: Organisation
    event: Event
    invitation: Invitation | None
    here: str
    back: str

    @property
    def left(self) -> int | None:
        """How many more may be named; None without an invitation that says so."""
        return places_of(self.invitation, clock.now()).left if self.invitation else None


@bp.get("/don-vi/<int:organisation_id>/<event_code:code>/danh-sach")
@access(is_focal_point)
def choose_list(organisation_id: int, code: str) -> ResponseReturnValue:
    """Which file."""
    return _page(_of_focal_point(organisation_id, code), ListFileForm(formdata=None))


@bp.post("/don-vi/<int:organisation_id>/<event_code:code>/danh-sach")
@access(is_focal_point)
def name_list(organisation_id: int, code: str) -> ResponseReturnValue:
    """Look at a file, or name those ticked of one that was looked at."""
    return _done(lambda: _of_focal_point(organisation_id, code))


@bp.get("/moi/<secret>/danh-sach")
@access(anyone)
def choose_invited_list(secret: str) -> ResponseReturnValue:
    """Which file, by the link of an invitation."""
    return without_referer(_page(_of_bearer(secret), ListFileForm(formdata=None)))


@bp.post("/moi/<secret>/danh-sach")
@access(anyone)
def name_invited_list(secret: str) -> ResponseReturnValue:
    """Look at a file, or name those ticked, by the link of an invitation."""
    return without_referer(_done(lambda: _of_bearer(secret)))


@bp.get("/cu-nguoi/mau.xlsx")
@access(anyone)
def list_template() -> ResponseReturnValue:
    """An empty workbook whose headings are known."""
    with force_locale("vi"):  # the headings that are known in any language of the page
        columns = [Column(str(label), width=24) for label in TEMPLATE]
    return made(write_xlsx([Sheet("Người dự", columns, [])]), name="Danh sách cử người dự.xlsx", media_type=XLSX)


def _of_focal_point(organisation_id: int, code: str) -> Listing:
    body, event = own_organisation(organisation_id), get_event(actor=me(), code=code)
    ways: dict[str, Any] = {"organisation_id": organisation_id, "code": code}
    asked = invitation_of(event_id=event.id, organisation_id=organisation_id)
    return Listing(me(), body, event, asked, url_for(".name_list", **ways), url_for(".nomination", **ways))


def _of_bearer(secret: str) -> Listing:
    invitation = body_opened(secret)
    assert invitation.organisation is not None  # noqa: S101 - looked at when it was opened
    here, back = url_for(".name_invited_list", secret=secret), url_for(".invited_nomination", secret=secret)
    return Listing(bearer(invitation), invitation.organisation, invitation.event, invitation, here, back)


def _done(find: Callable[[], Listing]) -> Response:
    form = ListFileForm()
    if not form.is_choosing:
        return _named(find)
    if not form.validate():
        return _page(find(), form, status=422)
    listing = find()
    try:
        table = read_table(form.file.data.filename, form.file.data.stream.read(LIMITS.octets + 1))
    except SheetRefused as refusal:
        form.file.errors = [list_words(refusal)]
        return _page(listing, form, status=422)
    rows = read_rows(table, members_of(listing.organisation.id, event_id=listing.event.id))
    return _page(listing, ListFileForm(formdata=None), shown=ListedForm.about(rows, most=listing.left), name=table.filename)


def _named(find: Callable[[], Listing]) -> Response:
    form, back = ListedForm(), find().back
    if form.validate():
        try:
            with unit_of_work():
                listing = find()
                said = name_listed(
                    form.people(), actor=listing.actor, event=listing.event, organisation_id=listing.organisation.id,
                    invitation=listing.invitation, now=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            note_success(said)
            return see_other(back)
    return _page(find(), ListFileForm(formdata=None), shown=form, status=422)


def _page(
    listing: Listing, form: ListFileForm, *, shown: ListedForm | None = None, name: str = "", status: int = 200
) -> Response:
    return page(
        "nominations/list.html",
        status=status,
        listing=listing,
        event=listing.event,
        form=form,
        shown=shown,
        file_name=name,
        left=listing.left,
        limits=LIMITS,
        heading=_("Cử người theo danh sách"),
    )
