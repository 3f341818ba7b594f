"""Hộp thư đến: what somebody must look at first, then what was handled, and what each changed."""

from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from kstthc_training.inbox.boxes import box_name
from kstthc_training.inbox.enums import MailState
from kstthc_training.inbox.queries import MailPage, incoming, trouble_of
from kstthc_training.mailroom.incoming_words import KINDS, STATES, said_words, why_words
from kstthc_training.mailroom.queries.incoming import abouts
from kstthc_training.mailroom.routes.blueprint import bp
from kstthc_training.people.policy import runs_events
from kstthc_training.people.readings import note_reading
from kstthc_training.web.access import access
from kstthc_training.web.addresses import asked_words
from kstthc_training.web.pages import page
from kstthc_training.web.paging import ROWS, pager, rows_before

ASKED = {"can-xem": MailState.REVIEW, "da-xu-ly": MailState.HANDLED, "bo-qua": MailState.IGNORED}
_WORDS = {state: word for word, state in ASKED.items()}


@bp.get("/thu-den")
@access(runs_events)
def letters_in() -> ResponseReturnValue:
    """The letters that came in."""
    note_reading("inbox.read", subject_type="message")
    words, state = asked_words(), ASKED.get(request.args.get("trang-thai", ""))
    listed = incoming(state=state, words=words, offset=rows_before(), limit=ROWS)
    config = current_app.config["SETTINGS"]
    trouble, read_at = trouble_of(box_name(config))
    return page(
        "mailroom/incoming.html",
        fragments=("danh_sach",),
        rows=[
            (row, about, KINDS[row.kind], STATES[row.state], why_words(row.reason, row.facts), *_said(row))
            for row, about in zip(listed.rows, abouts(listed.rows), strict=True)
        ],
        pager=pager(shown=len(listed.rows), total=listed.total),
        words=words,
        state=_WORDS.get(state, "") if state else "",
        figures=_figures(listed, state),
        trouble=trouble,
        read_at=read_at,
        reads_server=bool(config.imap_host),
    )


def _said(row: Any) -> tuple[str, str]:
    """What somebody answered, and his words beside it."""
    return said_words(row.facts), row.facts.get("comment", "")


def _figures(listed: MailPage, current: MailState | None) -> list[dict[str, Any]]:
    """The counts, each leading to the letters that it counts; pressed again it leads back to all."""
    return [
        {
            "label": STATES[state][0],
            "count": listed.counts[state],
            "tone": "warn" if state is MailState.REVIEW and listed.counts[state] else "",
            "current": state is current,
            "href": _address("" if state is current else word),
        }
        for word, state in ASKED.items()
    ]


def _address(word: str) -> str:
    query: dict[str, Any] = {"trang-thai": word or None}
    return url_for("mailroom.letters_in", **query)
