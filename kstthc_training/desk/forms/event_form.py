"""Everything that is said about an event, on one page."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FormField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from kstthc_training.desk.form_choices import Offered
from kstthc_training.desk.forms.counts import CountField
from kstthc_training.desk.forms.refusals import place_and_words
from kstthc_training.desk.forms.rows import AgendaRow, SessionRow
from kstthc_training.events.choices import HostChoice
from kstthc_training.events.drafts import EventDraft
from kstthc_training.events.enums import AttendanceRule, Audience, EventMode
from kstthc_training.events.models import Venue
from kstthc_training.events.words import AUDIENCE_WORDS, MODE_WORDS, RULE_WORDS
from kstthc_training.refusals import Refusal
from kstthc_training.text import shown_phone
from kstthc_training.web.forms import (
    DayField,
    Form,
    HourField,
    LineField,
    Needed,
    PhoneField,
    ProseField,
    Rows,
    VersionField,
    chosen_number,
    instant_of,
)
from kstthc_training.web.locale import is_english, named

OPENING_HOUR, CLOSING_HOUR = time(8), time(17)
_NOT_OFFERED = _("Hãy chọn một trong những giá trị có sẵn.")


def number_or_none(value: Any) -> int | None:
    """A chosen id, or None for the empty choice."""
    return chosen_number(value) if value not in (None, "") else None


def options(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """The members of an enumeration with their words."""
    return [SelectChoice(member, label) for member, label in words.items()]


def offered_only(words: Any = _NOT_OFFERED) -> dict[str, Any]:
    """The words for a value that is not on offer, in place of the library's English."""
    return {"invalid_choice_message": words, "invalid_value_message": words}


class EventForm(Form):
    """An event as typed; `offer` gives the choices before it is checked, `draft` reads it afterwards."""

    version = VersionField(default=0)
    title = LineField(_("Tên cuộc họp"), longest=300, validators=[Needed(_("Hãy điền tên cuộc họp."))])
    kind_id = RadioField(_("Loại"), coerce=number_or_none, **offered_only(_("Hãy chọn loại cuộc họp.")))
    mode = RadioField(
        _("Hình thức"), choices=options(MODE_WORDS), coerce=EventMode, default=EventMode.IN_PERSON, **offered_only()
    )
    sessions = Rows(FormField(SessionRow), min_entries=1, max_entries=40)
    venue_id = SelectField(_("Địa điểm"), coerce=number_or_none, **offered_only())
    new_venue_name = LineField(_("Tên địa điểm mới"), longest=200)
    new_venue_address = LineField(_("Địa chỉ"), longest=300)
    new_venue_capacity = CountField(_("Sức chứa"))
    online_url = LineField(_("Địa chỉ họp trực tuyến"))
    agenda = Rows(FormField(AgendaRow), max_entries=300)
    pasted = ProseField(_("Dán bảng chương trình từ Word"))
    audience = SelectField(_("Thành phần"), choices=options(AUDIENCE_WORDS), coerce=Audience, default=Audience.OFFICIALS)
    audience_note = LineField(_("Thành phần cụ thể"))
    chair = LineField(_("Chủ trì"), longest=200)
    host_id = SelectField(_("Đơn vị chủ trì"), coerce=number_or_none, **offered_only())
    contact_name = LineField(_("Đầu mối liên hệ"), longest=200)
    contact_phone = PhoneField(_("Điện thoại đầu mối"))
    capacity = CountField(_("Số chỗ"))
    opens_day = DayField(_("Mở đăng ký từ ngày"))
    opens_hour = HourField(_("giờ"))
    closes_day = DayField(_("Hạn đăng ký ngày"))
    closes_hour = HourField(_("giờ"))
    description = ProseField(_("Nội dung, lưu ý"))
    topic_ids = SelectMultipleField(_("Chủ đề của kế hoạch"), coerce=chosen_number, **offered_only())
    plan_item_id = SelectField(_("Mục kế hoạch"), coerce=number_or_none, **offered_only())
    attendance_rule = SelectField(
        _("Tính là đã dự khi"),
        choices=options(RULE_WORDS),
        coerce=AttendanceRule,
        default=AttendanceRule.HALF,
        **offered_only(),
    )
    door_staff_ids = SelectMultipleField(_("Người trực cửa"), coerce=chosen_number, validate_choice=False, **offered_only())
    find_person = LineField(_("Tìm người theo tên"), longest=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unread: list[str] = []

    def offer(self, offered: Offered) -> None:
        """Give the fields their choices."""
        unchosen = SelectChoice("", _("Chưa chọn"))
        self.kind_id.choices = [SelectChoice(kind.id, named(kind)) for kind in offered.kinds]
        self.venue_id.choices = [unchosen, *(SelectChoice(room.id, _room(room)) for room in offered.venues)]
        hosts = [SelectChoice(host.id, host.name, optgroup=_kind_of_host(host)) for host in offered.hosts]
        self.host_id.choices = [unchosen, *hosts]
        items = [SelectChoice(item.id, f"{item.code} – {item.title}") for item in offered.plan_items]
        self.plan_item_id.choices = [SelectChoice("", _("Không thuộc mục nào")), *items]
        self.topic_ids.choices = [SelectChoice(topic.id, topic.title) for topic in offered.topics]

    def days(self) -> list[date]:
        """The days of the sessions that can be read, each once, in order."""
        return sorted({row.day.data for row in self.session_rows() if row.day.data})

    def session_rows(self) -> Iterator[SessionRow]:
        """The forms of the sessions."""
        return (entry.form for entry in self.sessions.entries)

    def agenda_rows(self) -> Iterator[AgendaRow]:
        """The forms of the programme's lines."""
        return (entry.form for entry in self.agenda.entries)

    def opens_at(self) -> datetime | None:
        """When registration opens; at eight when only a day was typed."""
        return instant_of(self.opens_day.data, self.opens_hour.data or OPENING_HOUR)

    def closes_at(self) -> datetime | None:
        """When registration closes; at five in the afternoon when only a day was typed."""
        return instant_of(self.closes_day.data, self.closes_hour.data or CLOSING_HOUR)

    def draft(self, *, venue_id: int | None = None) -> EventDraft:
        """What was typed, as far as it can be read; `venue_id` is a room just added."""
        days = self.days()
        return EventDraft(
            title=self.title.data or "",
            kind_id=self.kind_id.data or 0,
            sessions=tuple(session for row in self.session_rows() if (session := row.draft())),
            agenda=tuple(line for row in self.agenda_rows() if (line := row.draft(days))),
            mode=self.mode.data or EventMode.IN_PERSON,
            audience=self.audience.data,
            audience_note=self.audience_note.data or "",
            description=self.description.data or "",
            venue_id=venue_id or self.venue_id.data,
            online_url=self.online_url.data or "",
            chair=self.chair.data or "",
            host_id=self.host_id.data,
            contact_name=self.contact_name.data or "",
            contact_phone=shown_phone(self.contact_phone.data or ""),
            capacity=self.capacity.data,
            registration_opens_at=self.opens_at(),
            registration_closes_at=self.closes_at(),
            plan_item_id=self.plan_item_id.data,
            attendance_rule=self.attendance_rule.data,
            topic_ids=frozenset(self.topic_ids.data or ()),
            door_staff_ids=frozenset(self.door_staff_ids.data or ()),
        )

    def refuse(self, refusal: Refusal) -> None:
        """Put the words for a refusal at the field that it is about, else at the top."""
        field, words = place_and_words(refusal)
        if field:
            self[field].errors = [*self[field].errors, words]
        else:
            self.form_errors.append(words)

    def validate_pasted(self, field: Any) -> None:
        if self.unread:
            raise ValidationError(" ".join(self.unread))

    def validate_opens_hour(self, field: Any) -> None:
        _require_day(self.opens_day, field)

    def validate_closes_hour(self, field: Any) -> None:
        _require_day(self.closes_day, field)

    def validate_new_venue_capacity(self, field: Any) -> None:
        if field.data and not self.new_venue_name.data:
            raise ValidationError(str(_("Hãy điền tên địa điểm mới.")))


def _room(room: Venue) -> Any:
    return _("%(name)s – %(places)s chỗ", name=room.name, places=room.capacity) if room.capacity else room.name


def _kind_of_host(host: HostChoice) -> str:
    return host.kind_en if is_english() else host.kind_vi


def _require_day(day: Any, hour: Any) -> None:
    if hour.data is not None and not day.data and not day.errors:
        raise ValidationError(str(_("Hãy điền cả ngày.")))
