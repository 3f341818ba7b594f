"""Putting people on the list of a mandatory training: by search, a whole organisation, or a file looked at before."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.mandates import choices, queries, service
from kstthc_training.mandates.errors import NobodyChosen
from kstthc_training.mandates.forms import PeopleFileForm
from kstthc_training.mandates.models import Mandate
from kstthc_training.mandates.roster import FIELDS, Roster, Trouble, roster_of
from kstthc_training.mandates.routes.blueprint import bp
from kstthc_training.people.finding import Sought, people_found
from kstthc_training.people.identity import me
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.sheets import LIMITS, SheetRefused, read_table
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words, given_numbers, posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page
from kstthc_training.web.sheet_words import sheet_words

MOST_FOUND = 40
MOST_ORGANISATIONS = 12


@bp.get("/bat-buoc/<int:mandate_id>/them")
@access(runs_events)
def choose_people(mandate_id: int) -> ResponseReturnValue:
    """People and organisations found by words, to be put on the list; or a file."""
    if asked_words():
        note_reading("people.read", subject_type="mandate", subject_id=queries.get_mandate(mandate_id).id)
    return _choosing(queries.get_mandate(mandate_id), PeopleFileForm(formdata=None))


@bp.post("/bat-buoc/<int:mandate_id>/them")
@access(runs_events)
def add_people(mandate_id: int) -> ResponseReturnValue:
    """Put those ticked on the list, or everybody of one organisation."""
    organisation_id = posted_number("organisation")
    person_ids = choices.people_of(organisation_id) if organisation_id else given_numbers("id")
    try:
        with unit_of_work():
            added = service.list_people(actor=me(), mandate_id=mandate_id, person_ids=person_ids, now=clock.now())
    except NobodyChosen:
        note_problem(_("Chưa chọn ai. Hãy chọn ít nhất một người."))
        return see_other(url_for(".choose_people", mandate_id=mandate_id))
    note_success(
        ngettext("Đã thêm %(num)d người.", "Đã thêm %(num)d người.", added)
        if added
        else _("Những người này đã có trong danh sách.")
    )
    return see_other(url_for(".mandate", mandate_id=mandate_id))


@bp.post("/bat-buoc/<int:mandate_id>/tep")
@access(runs_events)
def preview(mandate_id: int) -> ResponseReturnValue:
    """Whom a file means, to be looked at; nothing is written, and the file is not kept."""
    found, form = queries.get_mandate(mandate_id), PeopleFileForm()
    if form.validate():
        try:
            content = form.file.data.stream.read(LIMITS.octets + 1)
            roster = roster_of(read_table(form.file.data.filename, content, fields=FIELDS))
        except SheetRefused as refusal:
            form.file.errors = [sheet_words(refusal)]
        else:
            return _preview(found, form.file.data.filename, roster)
    return _choosing(found, form, status=422)


def _choosing(found: Mandate, form: PeopleFileForm, status: int = 200) -> Response:
    search = asked_words()
    people = people_found(Sought(search=search), limit=MOST_FOUND).rows if search else []
    on_list = choices.listed_among(found.id, [person.id for person in people])
    return page(
        "mandates/choose.html",
        fragments=("ket_qua",),
        status=status,
        mandate=found,
        form=form,
        search=search,
        people=people,
        on_list=on_list,
        most=MOST_FOUND,
        organisations=choices.organisations_found(search, limit=MOST_ORGANISATIONS) if search else [],
        limits=LIMITS,
    )


def _preview(found: Mandate, file_name: str, roster: Roster) -> Response:
    words = {
        Trouble.NAMELESS: _("Không có tên, cũng không có email."),
        Trouble.NOBODY: _("Không có ai như vậy trong danh bạ. Thêm người vào danh bạ, hoặc sửa tên và đơn vị."),
        Trouble.SEVERAL: _("Nhiều người cùng tên. Ghi đơn vị hoặc email để biết là ai."),
    }
    return page(
        "mandates/preview.html",
        mandate=found,
        file_name=file_name,
        people=roster.found,
        on_list=choices.listed_among(found.id, [person.id for person in roster.found]),
        troubles=[(line, words[trouble]) for line, trouble in roster.troubles],
    )
