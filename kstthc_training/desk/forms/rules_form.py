"""How an event takes people in, as it is typed: only what applies to the event is asked."""

from dataclasses import replace
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from kstthc_training import clock
from kstthc_training.desk.forms.counts import CountField
from kstthc_training.desk.forms.event_form import offered_only, options
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.events.models import Event
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.enums import Admission, Promotion
from kstthc_training.registrations.errors import LimitBelowTaken
from kstthc_training.registrations.forms import RegistrationForm
from kstthc_training.registrations.policy import Rules
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.registrations.rule_words import ADMISSIONS, PROMOTIONS
from kstthc_training.registrations.words import refusal_words
from kstthc_training.web.forms import DayField, HourField, VersionField, instant_of

CLOSING_HOUR = time(17)
MOST_HOURS = 720
_HOURS = (InputRequired(_("Hãy ghi số giờ.")), NumberRange(0, MOST_HOURS))
_LIMITS = ("press", "officials", "room", "online", "each_organisation")


class RulesForm(RegistrationForm):
    """The rules of an event and its further limits; `fit` takes away what does not apply."""

    version = VersionField()
    admission = RadioField(_("Nhận đăng ký"), choices=options(ADMISSIONS), coerce=Admission, **offered_only())
    promotion = RadioField(
        _("Khi có chỗ trống mà có người chờ"), choices=options(PROMOTIONS), coerce=Promotion, **offered_only()
    )
    offer_hours = IntegerField(
        _("Giữ chỗ trong mấy giờ"), validators=[InputRequired(_("Hãy ghi số giờ.")), NumberRange(1, MOST_HOURS)]
    )
    cutoff_hours = IntegerField(_("Thôi chuyển chỗ trước giờ họp mấy giờ"), validators=list(_HOURS))
    names_day = DayField(_("Đổi người đến ngày"))
    names_hour = HourField(_("Giờ"))
    asks_credentials = BooleanField(_("Hỏi phóng viên thẻ nhà báo hoặc giấy giới thiệu"))
    guests_allowed = BooleanField(_("Nhận khách chưa có tài khoản"))
    press = CountField(_("Báo chí"))
    officials = CountField(_("Cán bộ, công chức"))
    room = CountField(_("Tại phòng họp"))
    online = CountField(_("Trực tuyến"))
    each_organisation = CountField(_("Mỗi đơn vị"))

    def fit(self, event: Event) -> None:
        """Leave out what the event has no use for: circles where it is for one, places where there is one."""
        for name in _without_use(event):
            del self[name]

    def rules(self, known: Rules) -> Rules:
        """What was typed, on top of what is known, as of the version that was seen."""
        day = self.names_day.data
        hour = self.names_hour.data or CLOSING_HOUR
        asks = self.asks_credentials.data if "asks_credentials" in self else known.asks_credentials
        return replace(
            known, admission=self.admission.data, promotion=self.promotion.data, offer_hours=self.offer_hours.data,
            cutoff_hours=self.cutoff_hours.data, names_until=instant_of(day, hour) if day else None,
            asks_credentials=asks, guests_allowed=self.guests_allowed.data, version=self.version.data or 0,
        )  # fmt: skip

    def limits(self, known: Limits) -> Limits:
        """The limits typed; one that is not asked stays as it is."""
        return replace(known, **{name: self[name].data for name in _LIMITS if name in self})

    def refuse(self, refusal: Refusal) -> None:
        """A limit that is too low is said where it stands, everything else at the top."""
        name = refusal.facts.get("subject", "") if isinstance(refusal, LimitBelowTaken) else ""
        if name in _LIMITS and name in self:
            self[name].errors = [*self[name].errors, refusal_words(refusal)]
        else:
            super().refuse(refusal)

    def validate_names_hour(self, field: Any) -> None:
        if field.data is not None and not self.names_day.data and not self.names_day.errors:
            raise ValidationError(str(_("Hãy điền cả ngày.")))


def values_of_rules(rules: Rules, limits: Limits) -> dict[str, Any]:
    """What is stored, as the form shows it."""
    until = clock.local(rules.names_until) if rules.names_until else None
    return {
        **vars(limits), **vars(rules),
        "names_day": until.date() if until else None, "names_hour": until.time() if until else None,
    }  # fmt: skip


def _without_use(event: Event) -> list[str]:
    unused = [] if event.audience is Audience.BOTH else ["press", "officials"]
    if event.audience not in (Audience.BOTH, Audience.PRESS):
        unused.append("asks_credentials")
    return unused if event.mode is EventMode.BOTH else [*unused, "room", "online"]
