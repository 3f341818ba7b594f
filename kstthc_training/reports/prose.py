"""Lời văn: a period's figures as sentences, every figure a link to its rows, whatever is zero left out."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from kstthc_training.reports.addresses import Places
from kstthc_training.reports.lists import Figure
from kstthc_training.reports.rows import Summary
from kstthc_training.reports.words import counted, events_counted, kind_counted, offices_counted, period_words
from kstthc_training.web.locale import day, percent

_MOST_TOPICS = 5


def organising(summary: Summary, *, office: str, plan: str, places: Places) -> list[Markup]:
    """How many events were held and who attended them."""
    if not summary.totals.events:
        return [_fill(_("Trong kỳ chưa có cuộc nào được tổ chức và chốt điểm danh."))]
    sentences = [_events(summary, office, plan, places), _attendance(summary, places), _plan(summary, places)]
    return [sentence for sentence in sentences if sentence]


def informing(summary: Summary, *, places: Places) -> list[Markup]:
    """What was given out and what it was about."""
    sentences = []
    if summary.totals.materials:
        cited = _cite(
            places.rows(Figure.MATERIALS),
            ngettext("%(n)s tài liệu", "%(n)s tài liệu", summary.totals.materials, n=counted(summary.totals.materials)),
        )
        sentences.append(_fill(_("Đã phát hành %(materials)s."), materials=cited))
    if summary.topics:
        sentences.append(_fill(_("Nội dung tập trung vào: %(topics)s."), topics=_topics(summary, places)))
    return sentences


def shortcomings(summary: Summary, *, places: Places) -> list[Markup]:
    """What the figures themselves show to be wanting."""
    sentences = [_unclosed(summary, places), _behind(summary, places)]
    if summary.never_came:
        cited = _cite(places.rows(Figure.NEVER_CAME), offices_counted(summary.never_came))
        sentences.append(_fill(_("Còn %(n)s đã đăng ký nhưng không có người dự."), n=cited))
    if summary.totals.events and summary.named_nobody:
        cited = _cite(places.rows(Figure.NAMED_NOBODY), offices_counted(summary.named_nobody))
        sentences.append(_fill(_("Có %(n)s chưa cử người dự cuộc nào trong kỳ."), n=cited))
    return [sentence for sentence in sentences if sentence]


def _events(summary: Summary, office: str, plan: str, places: Places) -> Markup:
    period = summary.period
    kinds = [_cite(places.rows(Figure.EVENTS, loai=kind.code), kind_counted(kind)) for kind in summary.kinds]
    values = {
        "plan": plan,
        "period": period_words(period),
        "first": day(period.first),
        "last": day(period.last),
        "office": office,
        "events": _cite(places.rows(Figure.EVENTS), events_counted(summary.totals.events)),
        "kinds": _joined(kinds),
    }
    if plan:
        words = _(
            "Thực hiện %(plan)s, trong %(period)s (số liệu từ ngày %(first)s đến hết ngày %(last)s), %(office)s đã tổ chức "
            "%(events)s, gồm: %(kinds)s."
        )
    else:
        words = _(
            "Trong %(period)s (số liệu từ ngày %(first)s đến hết ngày %(last)s), %(office)s đã tổ chức %(events)s, gồm: "
            "%(kinds)s."
        )
    return _fill(words, **values)


def _attendance(summary: Summary, places: Places) -> Markup:
    totals = summary.totals
    if not totals.attended:
        return Markup()
    attended = _cite(
        places.rows(Figure.ATTENDED),
        ngettext("%(n)s lượt người tham dự", "%(n)s lượt người tham dự", totals.attended, n=counted(totals.attended)),
    )
    expected = _cite(
        places.rows(Figure.EXPECTED),
        ngettext("%(n)s lượt người đăng ký", "%(n)s lượt người đăng ký", totals.expected, n=counted(totals.expected)),
    )
    groups = _joined([part for part in (_press(summary, places), _others(summary, places)) if part], last=_(" và "))
    words = _("Có %(attended)s trên %(expected)s (đạt %(share)s), trong đó có %(groups)s.")
    persons = _cite(
        places.rows(Figure.PERSONS), ngettext("%(n)s người", "%(n)s người", totals.persons, n=counted(totals.persons))
    )
    said = _fill(words, attended=attended, expected=expected, share=percent(totals.share), groups=groups)
    return said + " " + _fill(_("Số người tham dự là %(persons)s."), persons=persons)


def _press(summary: Summary, places: Places) -> Markup:
    if not summary.press_attended:
        return Markup()
    n, of = summary.press_attended, summary.totals.press
    people = ngettext("%(n)s lượt phóng viên, biên tập viên", "%(n)s lượt phóng viên, biên tập viên", n, n=counted(n))
    agencies = ngettext("%(n)s cơ quan báo chí", "%(n)s cơ quan báo chí", of, n=counted(of))
    cited = _cite(places.rows(Figure.PRESS_ATTENDED), people)
    return _fill(_("%(n)s của %(of)s"), n=cited, of=_cite(places.rows(Figure.PRESS), agencies))


def _others(summary: Summary, places: Places) -> Markup:
    if not summary.others_attended:
        return Markup()
    n = summary.others_attended
    people = ngettext("%(n)s lượt cán bộ, công chức, viên chức", "%(n)s lượt cán bộ, công chức, viên chức", n, n=counted(n))
    cited = _cite(places.rows(Figure.OTHERS_ATTENDED), people)
    if not summary.offices:
        return cited
    return _fill(_("%(n)s của %(of)s"), n=cited, of=_cite(places.rows(Figure.OFFICES), offices_counted(summary.offices)))


def _plan(summary: Summary, places: Places) -> Markup:
    if not summary.planned:
        return Markup()
    planned = _cite(_plan_address(summary), events_counted(summary.planned))
    held = _cite(places.rows(Figure.BY_PLAN), events_counted(summary.by_plan))
    words = _("Kế hoạch năm có %(planned)s đến hạn trong kỳ; trong số cuộc đã tổ chức có %(held)s thuộc kế hoạch.")
    return _fill(words, planned=planned, held=held)


def _topics(summary: Summary, places: Places) -> Markup:
    titles = [
        _cite(places.rows(Figure.EVENTS, chu_de=topic.topic_id), topic.title.rstrip(".;"))
        for topic in sorted(summary.topics, key=lambda topic: -topic.events)[:_MOST_TOPICS]
    ]
    more = len(summary.topics) - len(titles)
    if more:
        titles.append(
            _cite(
                places.rows(Figure.TOPICS), ngettext("và %(n)s chủ đề khác", "và %(n)s chủ đề khác", more, n=counted(more))
            )
        )
    return Markup("; ").join(titles)


def _unclosed(summary: Summary, places: Places) -> Markup:
    if not summary.unclosed:
        return Markup()
    cited = _cite(places.rows(Figure.UNCLOSED), events_counted(len(summary.unclosed)))
    return _fill(_("Còn %(n)s đã diễn ra nhưng chưa chốt điểm danh nên chưa tính vào số liệu."), n=cited)


def _behind(summary: Summary, places: Places) -> Markup:
    if not summary.behind:
        return Markup()
    cited = _cite(_plan_address(summary), events_counted(summary.behind))
    return _fill(_("Số cuộc thuộc kế hoạch đã tổ chức ít hơn số đến hạn trong kỳ %(n)s."), n=cited)


def _plan_address(summary: Summary) -> str:
    return url_for("reports.plan", year=summary.period.year)


def _cite(href: str, words: str) -> Markup:
    return Markup('<a class="cite" href="{}">{}</a>').format(href, words)


def _fill(words: str, **values: object) -> Markup:
    return Markup(words) % values  # noqa: S704 - the catalogue's own words; what fills them is escaped


def _joined(parts: list[Markup], last: str = ", ") -> Markup:
    if len(parts) < 2:
        return Markup().join(parts)
    return Markup(", ").join(parts[:-1]) + last + parts[-1]
