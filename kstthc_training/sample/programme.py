"""The programme of an event: who opens it, what is spoken of, who closes it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from kstthc_training.events.drafts import AgendaItemDraft
from kstthc_training.sample.tables import read_table
from kstthc_training.sample.times import Span

_WELCOME = timedelta(minutes=15)
_SPEAKERS = ("Phòng Kiểm soát thủ tục hành chính", "Trung tâm Phục vụ hành chính công tỉnh", "Sở Thông tin và Truyền thông")


def programme(sessions: Sequence[Span], *, codes: Sequence[str], chair: str) -> tuple[AgendaItemDraft, ...]:
    """Lines for every session: the topics of the plan with these codes are dealt out over them in order."""
    titles = {line["code"]: line["title"] for line in read_table("topics_2019")}
    lines: list[AgendaItemDraft] = []
    for place, span in enumerate(sessions):
        topics = [titles[code] for code in codes[place :: len(sessions)]] or ["Trao đổi, thực hành"]
        last = place == len(sessions) - 1
        lines += _of_session(span, topics, opening=chair if place == 0 else "", closing=chair if last else "")
    return tuple(lines)


def _of_session(span: Span, topics: Sequence[str], *, opening: str, closing: str) -> Iterator[AgendaItemDraft]:
    at = span.starts_at
    if opening:
        yield AgendaItemDraft(starts_at=at, ends_at=at + _WELCOME, title="Đón tiếp đại biểu, khai mạc", speakers=opening)
        at += _WELCOME
    end = span.ends_at - _WELCOME if closing else span.ends_at
    slot = (end - at) / (len(topics) + 1)
    for place, topic in enumerate(topics):
        yield AgendaItemDraft(
            starts_at=_rounded(at), ends_at=_rounded(at + slot), title=topic, speakers=_SPEAKERS[place % len(_SPEAKERS)]
        )
        at += slot
    yield AgendaItemDraft(starts_at=_rounded(at), ends_at=end, title="Hỏi đáp, thảo luận")
    if closing:
        yield AgendaItemDraft(starts_at=end, ends_at=span.ends_at, title="Kết luận, bế mạc", speakers=closing)


def _rounded(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0)
