"""What one act knows of an event's entries while it settles them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from uuid import UUID

from kstthc_training import clock
from kstthc_training.events.ical import entry_of
from kstthc_training.events.models import Event, Session
from kstthc_training.ical import CalendarEntry, Language, Mailbox
from kstthc_training.messages.texts.filling import Edited
from kstthc_training.messages.texts.queries import edited_texts
from kstthc_training.scheduling import queries
from kstthc_training.scheduling.addresses import mailbox, page_of
from kstthc_training.scheduling.content import Facts, digest_of, facts_of
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.queries import Reader
from kstthc_training.settings.queries import office_on


class Book:
    """An event, what was sent of it to whom, and the words of its entries, each made once."""

    def __init__(self, event: Event, rows: Iterable[CalendarSending], readers: Mapping[int, Reader], now: datetime) -> None:
        self.event, self.rows, self.readers, self.now = event, list(rows), readers, now
        self.has_wording_due = False
        self.opened: list[CalendarSending] = []
        self._sessions = {session.id: session for session in event.sessions}
        self._facts = {session.id: facts_of(event, session) for session in event.sessions}
        self._digests = {session_id: digest_of(facts) for session_id, facts in self._facts.items()}
        known = {digest: self._facts[session_id] for session_id, digest in self._digests.items()}
        unknown = {row.digest for row in self.rows if row.digest} - set(known)
        self.contents: dict[str, Facts] = {**queries.contents(unknown), **known}
        self._entries: dict[tuple[int, Language, str, str], CalendarEntry] = {}

    def in_order(self) -> list[CalendarSending]:
        """The rows as the sessions follow each other; those of sessions that were taken out come first."""
        return sorted(self.rows, key=lambda row: (self._place(row), row.person_id))

    def session(self, row: CalendarSending) -> Session | None:
        """The session of a row, as it is now; None when it was taken out of the event."""
        return self._sessions.get(row.session_id or 0)

    def facts(self, session: Session) -> Facts:
        """What an entry of a session says now."""
        return self._facts[session.id]

    def digest(self, session: Session) -> str:
        """What stands for it."""
        return self._digests[session.id]

    def sent(self, row: CalendarSending) -> Facts:
        """What was sent last; nothing when nothing was."""
        return self.contents.get(row.digest or "", {})

    def is_over(self, row: CalendarSending) -> bool:
        """Whether a session has ended, as it stands and as it was told: calendars hear nothing of what is over."""
        session, sent = self.session(row), self.sent(row)
        ends = [session.ends_at] if session else []
        ends += [datetime.fromisoformat(sent["ends"])] if sent else []
        return all(end <= self.now for end in ends)

    def is_ahead(self, row: CalendarSending) -> bool:
        """Whether a session has not begun: nobody is asked to what he sits in."""
        session = self.session(row)
        return session is not None and session.starts_at > self.now

    def has_moved(self, row: CalendarSending) -> bool:
        """Whether the person is reached elsewhere than the entry was sent; not where letters to that very address were
        sent on by hand to where the entry is."""
        now, then = self.readers[row.person_id].email.casefold(), row.email.casefold()
        return bool(then) and now != then and (row.person_id, now, then) not in self._sent_on

    def is_held_at(self, uid: UUID, email: str) -> bool:
        """Whether somebody holds an entry at an address."""
        here = (row for row in self._at(uid, email) if row.email.casefold() == email.casefold())
        return any(row.method is Method.REQUEST for row in here)

    def highest_at(self, uid: UUID, email: str) -> int:
        """The highest SEQUENCE that an address was sent of an entry; -1 when it never was."""
        return max((row.sequence for row in self._at(uid, email) if row.sequence is not None), default=-1)

    def entry(self, session: Session, *, language: Language, organizer: Mailbox) -> CalendarEntry:
        """The entry of a session in a language."""
        key = (session.id, language, organizer.email, organizer.sent_by)
        if key not in self._entries:
            url = page_of(self.event)
            self._entries[key] = entry_of(self.event, session, url=url, online=True, organizer=organizer, language=language)
        return self._entries[key]

    def organizer(self, address: str) -> Mailbox:
        """Who asks: the host or the Office, at the address that asked first, for which that of now may stand in."""
        now = mailbox()
        address = address or now
        return Mailbox(self._host, address, sent_by="" if address == now else now)

    @cached_property
    def office(self) -> str:
        """The Office that writes."""
        return office_on(clock.local_date(self.now)).name

    @cached_property
    def edited(self) -> Edited:
        """How it words letters itself."""
        return edited_texts()

    @cached_property
    def _sent_on(self) -> set[tuple[int, str, str]]:
        return queries.sent_on(self.event.id)

    @cached_property
    def _host(self) -> str:
        return self.event.host.name if self.event.host else office_on(clock.local_date(self.event.starts_at)).name

    @cached_property
    def _by_address(self) -> dict[tuple[UUID, str], list[CalendarSending]]:
        found: dict[tuple[UUID, str], list[CalendarSending]] = {}
        for row in self.rows:
            if row.email:
                found.setdefault((row.uid, row.email.casefold()), []).append(row)
        return found

    def _at(self, uid: UUID, email: str) -> list[CalendarSending]:
        return self._by_address.get((uid, email.casefold()), [])

    def note_address(self, row: CalendarSending) -> None:
        """A row was sent to an address; others at the same one must know."""
        self._by_address.setdefault((row.uid, row.email.casefold()), []).append(row)

    def _place(self, row: CalendarSending) -> int:
        session = self.session(row)
        return session.position if session else -1
