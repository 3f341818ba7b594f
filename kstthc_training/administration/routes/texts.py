"""Mẫu thư: how each letter is worded, by the product or by the office itself; organizers read, administrators write."""

from typing import Any

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kstthc_training import clock
from kstthc_training.administration.routes.blueprint import bp
from kstthc_training.administration.tabs import tabs
from kstthc_training.administration.text_forms import TextForm, text_refusal_words
from kstthc_training.administration.text_words import (
    GROUPS,
    IN_LANGUAGE,
    LANGUAGES,
    PLACEHOLDERS,
    Described,
    find_text,
    sample_values,
)
from kstthc_training.db import unit_of_work
from kstthc_training.messages.texts import queries, service
from kstthc_training.messages.texts.errors import NothingToUndo
from kstthc_training.messages.texts.filling import LOCALES, Text, filled
from kstthc_training.messages.texts.queries import Version
from kstthc_training.people.identity import me
from kstthc_training.people.policy import administers, runs_events
from kstthc_training.refusals import Refusal, Stale, Unknown
from kstthc_training.settings.queries import office_on
from kstthc_training.text import whole_number
from kstthc_training.web.access import access
from kstthc_training.web.addresses import posted_number
from kstthc_training.web.answers import see_other
from kstthc_training.web.notes import note_problem, note_success
from kstthc_training.web.pages import page


@bp.get("/quan-tri/mau-thu")
@access(runs_events)
def texts() -> ResponseReturnValue:
    """Every letter by group: what it is for, when it goes out, and whether the office words it itself."""
    latest = queries.latest_versions()
    return page(
        "administration/texts.html",
        tabs=_tabs(),
        groups=[
            (label, [(each, [latest.get((each.letter.name, locale)) for locale in LOCALES]) for each in group])
            for label, group in GROUPS
        ],
        languages=LANGUAGES,
    )


@bp.get("/quan-tri/mau-thu/<name>")
@access(runs_events)
def text(name: str) -> ResponseReturnValue:
    """One letter in both languages as it reads now, or with the words of an earlier version (`?ban-vi=3`)."""
    described = _described(name)
    versions = queries.history(name)
    form = _stored(described, versions)
    for locale in LOCALES:
        wanted = whole_number(request.args.get(f"ban-{locale}", ""))
        chosen = next((v for v in versions if (v.locale, v.number) == (locale, wanted)), None)
        if chosen is not None:
            form.show(locale, chosen.text or described.letter.words[locale], form.seen(locale))
    return _text_page(described, form, versions)


@bp.post("/quan-tri/mau-thu/<name>")
@access(administers)
def word_text(name: str) -> ResponseReturnValue:
    """Word a letter anew in the languages whose words changed."""
    described, form = _described(name), TextForm()
    if form.validate() and _is_sound(described, form):
        try:
            with unit_of_work():
                _word_changed(described, form)
        except Stale as refusal:
            form.refuse(refusal)
            return _stale(described, form)
        note_success(_("Đã lưu. Thư viết từ nay dùng lời này."))
        return see_other(url_for(".text", name=name))
    return _text_page(described, form, queries.history(name), status=422)


@bp.post("/quan-tri/mau-thu/<name>/xem-truoc")
@access(administers)
def preview_text(name: str) -> ResponseReturnValue:
    """What was typed, filled in with sample facts; nothing is kept."""
    described, form = _described(name), TextForm()
    form.validate()
    return _text_page(described, form, queries.history(name))


@bp.post("/quan-tri/mau-thu/<name>/gui-thu")
@access(administers)
def try_text(name: str) -> ResponseReturnValue:
    """Send what was typed in one language to whoever asks, filled in with sample facts; nothing is kept."""
    described, form, locale = _described(name), TextForm(), _locale(request.form.get("thu", ""))
    if form.validate() and _is_sound(described, form):
        said = filled(form.text(locale), _sample(locale))
        with unit_of_work():
            address = service.send_trial(actor=me(), letter=described.letter, text=said, now=clock.now())
        note_success(_("Đã gửi thư thử tới %(address)s.", address=address))
        return _text_page(described, form, queries.history(name))
    return _text_page(described, form, queries.history(name), status=422)


@bp.post("/quan-tri/mau-thu/<name>/<locale>/mau-goc")
@access(administers)
def return_text(name: str, locale: str) -> ResponseReturnValue:
    """Go back to the product's own words, with a way to undo it."""
    described, version = _described(name), posted_number("version") or 0
    try:
        with unit_of_work():
            service.return_to_own(
                actor=me(), letter=described.letter, locale=_locale(locale), version=version, now=clock.now()
            )
    except Stale:
        note_problem(_("Người khác vừa sửa thư này; chưa đổi gì. Xem bản mới nhất bên dưới."))
    else:
        undo = url_for(".undo_text", name=name, locale=locale, version=version + 1)
        note_success(_("Đã trở lại mẫu gốc."), undo_action=undo)
    return see_other(url_for(".text", name=name))


@bp.post("/quan-tri/mau-thu/<name>/<locale>/<int:version>/hoan-tac")
@access(administers)
def undo_text(name: str, locale: str, version: int) -> ResponseReturnValue:
    """Take the latest version back: the one before it holds again."""
    described = _described(name)
    try:
        with unit_of_work():
            service.take_back(actor=me(), letter=described.letter, locale=_locale(locale), version=version, now=clock.now())
    except (Stale, NothingToUndo):
        note_problem(_("Thư này đã được sửa tiếp nên không hoàn tác được nữa."))
    else:
        note_success(_("Đã hoàn tác."))
    return see_other(url_for(".text", name=name))


def _described(name: str) -> Described:
    found = find_text(name)
    if found is None:
        raise Unknown(name=name)
    return found


def _locale(word: str) -> str:
    if word not in LOCALES:
        raise Unknown(locale=word)
    return word


def _tabs() -> list[dict[str, Any]]:
    """The sections of Quản trị for whoever may enter them."""
    return tabs() if administers(me()) else []


def _is_sound(described: Described, form: TextForm) -> bool:
    for locale in LOCALES:
        try:
            service.require_sound(described.letter, form.text(locale))
        except Refusal as refusal:
            form.refuse_in(locale, refusal)
    return not form.has_errors


def _word_changed(described: Described, form: TextForm) -> None:
    """Keep what was typed where it is not what was seen: a language that was left alone is nobody's conflict."""
    versions = queries.history(described.letter.name)
    for locale in LOCALES:
        seen = next((v for v in versions if (v.locale, v.number) == (locale, form.seen(locale))), None)
        if form.text(locale) != _words(described, seen, locale):
            service.word_letter(
                actor=me(), letter=described.letter, locale=locale, text=form.text(locale), version=form.seen(locale),
                now=clock.now(),
            )  # fmt: skip


def _words(described: Described, version: Version | None, locale: str) -> Text:
    return (version.text if version else None) or described.letter.words[locale]


def _stored(described: Described, versions: Any) -> TextForm:
    """The form as the letter reads now."""
    form = TextForm(formdata=None)
    for locale in LOCALES:
        latest = next((version for version in versions if version.locale == locale), None)
        form.show(locale, _words(described, latest, locale), latest.number if latest else 0)
    return form


def _stale(described: Described, form: TextForm) -> Response:
    """What was typed beside what is kept now; saved again, it replaces that."""
    versions = queries.history(described.letter.name)
    stored, saved = _stored(described, versions), []
    for locale in LOCALES:
        for part in ("subject", "body"):
            kept, typed = stored[f"{part}_{locale}"].data, form[f"{part}_{locale}"].data
            if kept != typed:
                saved.append((f"{LANGUAGES[locale]}: {form[f'{part}_{locale}'].label.text}", kept, typed))
        form[f"version_{locale}"].data = stored.seen(locale)
        form[f"version_{locale}"].raw_data = None
    return _text_page(described, form, versions, saved=saved, status=409)


def _sample(locale: str) -> dict[str, str]:
    now = clock.now()
    link = f"{current_app.config['SETTINGS'].public_url}/ve/thu/…"
    return sample_values(locale, link=link, office=office_on(clock.local_date(now)).name)


def _previews(described: Described, form: TextForm) -> dict[str, tuple[str, Any, Text, str]]:
    """How the letter reads in each language with sample facts, and why it would not do."""
    shown = {}
    for locale in LOCALES:
        problem = ""
        try:
            service.require_sound(described.letter, form.text(locale))
        except Refusal as refusal:
            problem = text_refusal_words(refusal) or ""
        shown[locale] = (locale, IN_LANGUAGE[locale], filled(form.text(locale), _sample(locale)), problem)
    return shown


def _text_page(described: Described, form: TextForm, versions: Any, *, saved: Any = (), status: int = 200) -> Response:
    letter = described.letter
    latest = {locale: next((v for v in versions if v.locale == locale), None) for locale in LOCALES}
    return page(
        "administration/text.html",
        fragments=("xem_truoc_vi", "xem_truoc_en"),
        status=status,
        tabs=_tabs(),
        described=described,
        form=form,
        saved=saved,
        languages=LANGUAGES,
        in_language=IN_LANGUAGE,
        latest=latest,
        versions=versions,
        placeholders=[
            (name, PLACEHOLDERS[name][0], name in letter.needed) for name in PLACEHOLDERS if name in letter.placeholders
        ],
        previews=_previews(described, form),
        may_edit=administers(me()),
    )
